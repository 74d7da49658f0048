import {usePages} from '../parts/use-pages.js';
import Reader from './Reader.js';

const reading = [{title: 'In the next prompt', kind: 'plain', text: 'Reading.'}] as const;

export interface MemoryPreviewProps {
	readonly columns: number;
	readonly rows: number;
	readonly close: () => void;
}

/** What the next prompt has of all that is remembered. */
export default function MemoryPreview({close, ...size}: MemoryPreviewProps) {
	return <Reader title="Memory" pages={usePages({kind: 'memory'}) ?? reading} close={close} {...size} />;
}
