// Exact arithmetic on decimals of the API, which are texts.

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Whether the text is a decimal that is not negative, without an exponent. */
export function isQuantity(text) {
    return /^\d+(\.\d+)?$/.test(text);
}

function digitsAfterPoint(text) {
    return text.split(".")[1]?.length ?? 0;
}

function scaled(text, digits) {
    if (!DECIMAL.test(text)) {
        throw new Error("not a decimal: " + text);
    }
    return BigInt(text.replace(".", "") + "0".repeat(digits - digitsAfterPoint(text)));
}

/** The exact sum, with as many decimals as the longest of the texts. Null if one of them is null. */
export function sum(amounts) {
    if (amounts.some(amount => amount === null || amount === undefined)) {
        return null;
    }
    const texts = amounts.map(String);
    const digits = Math.max(0, ...texts.map(digitsAfterPoint));
    const total = texts.reduce((so, text) => so + scaled(text, digits), 0n);
    const written = (total < 0n ? -total : total).toString().padStart(digits + 1, "0");
    return (total < 0n ? "-" : "") + written.slice(0, written.length - digits) + (digits > 0 ? "." + written.slice(-digits) : "");
}

/** Negative if a is less than b, positive if it is greater, and 0 if they are equal. */
export function compare(a, b) {
    const [left, right] = [String(a), String(b)];
    const digits = Math.max(digitsAfterPoint(left), digitsAfterPoint(right));
    const difference = scaled(left, digits) - scaled(right, digits);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The amount without its sign. */
export function absolute(amount) {
    return String(amount).replace(/^-/, "");
}
