import {Box, Text, useInput} from 'ink';
import {useMemo, useState} from 'react';
import {cutTo} from '../../src/domain/cells.js';
import {type Page, type PageLine, pageLines} from '../../src/view/page.js';
import {plainText} from '../../src/view/plain-text.js';
import {type Place, placeAfter, readerKeymap} from '../../src/view/reader-keymap.js';
import {useDeck} from '../../src/view/use-pilot.js';
import {keyNames} from '../parts/key-names.js';
import Overlay from '../parts/Overlay.js';
import PageRow from '../parts/PageRow.js';

const mostColumns = 120;
/** Frame, title, tabs, and the row of keys. */
const around = 5;
/** Of a file's name, beside the keys. */
const nameCells = 24;

const keys = readerKeymap.flatMap(({label, word}) => (word ? `${label} ${word}` : [])).join('  ');

function Tabs({pages, at}: {readonly pages: readonly Page[]; readonly at: number}) {
	return (
		<Text wrap="truncate-end">
			{pages.map(({title}, index) => (
				<Text key={title} inverse={index === at}>
					{` ${index + 1} ${plainText(title)} `}
				</Text>
			))}
		</Text>
	);
}

interface KeysProps {
	readonly lines: readonly PageLine[];
	readonly top: number;
	readonly height: number;
	readonly isDiff: boolean;
}

/** Of a diff of several files, which one stands at the top. */
function fileAt(lines: readonly PageLine[], top: number): string {
	const heads = lines.filter(({isHead}) => isHead);
	const before = heads.filter(({row}) => row <= top);
	const name = (before.at(-1)?.text ?? '').replace(/ {2}\+\d+ -\d+$/, '').replace(/^.*\//, '');
	return heads.length > 1 && before.length > 0 ? `${cutTo(name, nameCells)} ${before.length}/${heads.length}  ` : '';
}

function Keys({lines, top, height, isDiff}: KeysProps) {
	const count = lines.length;
	const file = isDiff ? fileAt(lines, top) : '';
	const where = count > height ? `${file}${top + 1}–${Math.min(count, top + height)} of ${count}` : '';
	return (
		<Box justifyContent="space-between" gap={2}>
			<Text dimColor wrap="truncate-end">
				{keys}
			</Text>
			<Box flexShrink={0}>
				<Text wrap="truncate-end">{where}</Text>
			</Box>
		</Box>
	);
}

export interface ReaderProps {
	readonly title: string;
	readonly pages: readonly Page[];
	readonly columns: number;
	readonly rows: number;
	/** @default Back to the panels. */
	readonly close?: () => void;
	/** One page has no use for tabs, unless more will come. @default more than one page */
	readonly hasTabs?: boolean;
}

/** Pages to read, over the whole window: scrolled, and jumped through from part to part. */
export default function Reader({title, pages, columns, rows, close, hasTabs = pages.length > 1}: ReaderProps) {
	const {store} = useDeck();
	const leave = close ?? (() => store.change({dialog: 'none'}));
	const [place, setPlace] = useState<Place>({page: 0, top: 0});
	const width = Math.min(mostColumns, columns);
	const height = Math.max(1, rows - around + (hasTabs ? 0 : 1));
	const pageAt = Math.min(place.page, pages.length - 1);
	const page = pages[pageAt];
	const lines = useMemo(() => (page ? pageLines(page, width - 4) : []), [page, width]);
	const top = Math.min(place.top, Math.max(0, lines.length - height));
	useInput((input, key) => {
		let next: Place | undefined = {page: pageAt, top};
		for (const name of keyNames(input, key)) {
			const inSight = next.page === pageAt ? lines : [];
			next = placeAfter(next, name, {pages: pages.length, lines: inSight, height});
			if (!next) return leave();
		}
		setPlace(next);
	});
	return (
		<Overlay title={title} columns={columns} rows={rows} width={width} height={rows}>
			{hasTabs ? <Tabs pages={pages} at={pageAt} /> : null}
			<Box flexDirection="column" height={height} overflow="hidden">
				{lines.slice(top, top + height).map(line => (
					<PageRow key={line.row} line={line} />
				))}
			</Box>
			<Keys lines={lines} top={top} height={height} isDiff={page?.kind === 'diff'} />
		</Overlay>
	);
}
