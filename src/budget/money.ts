const symbols: Readonly<Record<string, string>> = {
	$: 'USD',
	US$: 'USD',
	A$: 'AUD',
	C$: 'CAD',
	CA$: 'CAD',
	R$: 'BRL',
	'€': 'EUR',
	'£': 'GBP',
	'¥': 'JPY',
	'₹': 'INR',
	'₩': 'KRW',
};
const unit = String.raw`(?:[A-Z]{1,2}\$|[$€£¥₹₩]|\b[A-Z]{3}\b)`;
const amount = String.raw`(${unit})? ?(\d[\d.,' ]{0,20}) ?(${unit})?`;
const spentOfLimit = new RegExp(String.raw`${amount} ?(?:/|of) ?(?:${amount}|[Uu]nlimited)? ?spent\b`, 'u');
const spentOnly = new RegExp(String.raw`${amount} ?spent\b`, 'u');

export interface Spending {
	readonly spent: number;
	readonly limit?: number;
	/** ISO 4217 code. */
	readonly currency?: string;
}

/** Finds `$1.96 / $100.00 spent`, `1,96 € / 100,00 € spent`, `EUR 3 spent`. */
export function readSpending(text: string): Spending | undefined {
	const found = spentOfLimit.exec(text) ?? spentOnly.exec(text);
	if (!found) return undefined;
	const [, before, spentText, behind, , limitText] = found;
	const spent = readNumber(spentText);
	const limit = readNumber(limitText);
	const sign = before ?? behind;
	const currency = sign && (symbols[sign] ?? (/^[A-Z]{3}$/.test(sign) ? sign : undefined));
	if (spent === undefined) return undefined;
	return {spent, ...(limit === undefined ? {} : {limit}), ...(currency ? {currency} : {})};
}

/** `1,234.56`, `1.234,56`, `1 234,5`, `100`: a separator with one or two digits behind it at the end is the decimal one. */
function readNumber(text: string | undefined): number | undefined {
	const digits = text?.replaceAll(/[ ']/g, '').replace(/[.,]$/, '');
	if (!digits) return undefined;
	const [, whole = digits, fraction = ''] = /^(.*)[.,](\d{1,2})$/.exec(digits) ?? [];
	const value = Number(`${whole.replaceAll(/[.,]/g, '')}.${fraction || 0}`);
	return Number.isFinite(value) ? value : undefined;
}
