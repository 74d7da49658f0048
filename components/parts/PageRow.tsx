import {Text} from 'ink';
import type {PageLine, Span} from '../../src/view/page.js';
import Line from './Line.js';

function Part({span: {text, style}}: {readonly span: Span}) {
	if (style === 'code')
		return (
			<Line tone="live" bold={false}>
				{text}
			</Line>
		);
	return (
		<Text bold={style === 'bold'} italic={style === 'italic'}>
			{text}
		</Text>
	);
}

/** One row of a page; what is written otherwise in it looks so. */
export default function PageRow({line: {text, spans, tone, bold}}: {readonly line: PageLine}) {
	return (
		<Line tone={tone} bold={bold}>
			{spans
				? // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing but their place
					spans.map((span, index) => <Part key={index} span={span} />)
				: text || ' '}
		</Line>
	);
}
