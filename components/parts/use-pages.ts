import {useEffect, useState} from 'react';
import type {Reading} from '../../src/view/hands.js';
import type {Page} from '../../src/view/page.js';
import {useDeck} from '../../src/view/use-pilot.js';

/** The pages of something that can be read; undefined until they are there. */
export function usePages(what: Reading | undefined): readonly Page[] | undefined {
	const {hands} = useDeck();
	const [pages, setPages] = useState<readonly Page[]>();
	const kind = what?.kind;
	const id = what?.kind === 'mission' ? what.id : '';
	const title = what?.kind === 'mission' ? what.title : undefined;
	useEffect(() => {
		let isWanted = true;
		if (kind)
			void hands.read(kind === 'mission' ? {kind, id, title} : {kind}).then(found => isWanted && setPages(found));
		return () => {
			isWanted = false;
		};
	}, [hands, kind, id, title]);
	return pages;
}
