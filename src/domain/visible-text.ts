/** Controls but tab and line feed, what is there and not seen, what reorders its neighbours, half characters. */
const hidden =
	/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\ufff9-\ufffb\u3164\u2800]|\p{Default_Ignorable_Code_Point}|\p{Cs}/gu;

/** A text with what is hidden in it written as escapes: for what a human is to judge by what they see. */
export const visibleText = (text: string): string =>
	text.replaceAll(hidden, character => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
