// Numbers, amounts and times in the locale of the browser and the chosen time zone.
import {zone} from "./session.js";

const cache = new Map();

function cached(kind, options, create) {
    const id = kind + JSON.stringify(options);
    if (!cache.has(id)) {
        cache.set(id, create());
    }
    return cache.get(id);
}

function numbers(options) {
    return cached("number", options, () => new Intl.NumberFormat(undefined, options));
}

function times(options) {
    return cached("time", options, () => new Intl.DateTimeFormat(undefined, options));
}

/** A quantity with all of its digits. @param {number|string|null|undefined} value a string keeps digits that a number loses */
export function quantity(value) {
    return value === null || value === undefined ? "–" : numbers({maximumFractionDigits: 20}).format(value);
}

/** A quantity for axes and tiles: 12.3K. */
export function compact(value) {
    return numbers({notation: "compact", maximumFractionDigits: 2}).format(value);
}

/** An amount of the API, a string of a decimal, with its currency. */
export function money(amount, currency) {
    if (amount === null || amount === undefined) {
        return "–";
    }
    try {
        // At least the decimals of the currency; unit prices have more.
        const digits = (String(amount).split(".")[1] ?? "").length;
        const base = numbers({style: "currency", currency}).resolvedOptions().maximumFractionDigits;
        return numbers({style: "currency", currency, maximumFractionDigits: Math.min(20, Math.max(base, digits))}).format(amount);
    } catch {
        return amount + " " + currency; // The currency is not known to the browser.
    }
}

/** The change from one number to another: +12 %. Null if there is nothing to compare with. */
export function change(from, to) {
    return Number(from) === 0 ? null : numbers({style: "percent", signDisplay: "exceptZero", maximumFractionDigits: 1})
        .format((Number(to) - Number(from)) / Math.abs(Number(from)));
}

/** A share of 0 to 1 in percent. */
export function percent(share) {
    return numbers({style: "percent", maximumFractionDigits: 1}).format(share);
}

function timeIn(options, at, timeZone) {
    return at === null || at === undefined ? "–" : times({...options, timeZone}).format(new Date(at));
}

/** A time with its date and seconds. @param {string|number|Date} at RFC 3339, or milliseconds */
export function time(at, timeZone = zone()) {
    return timeIn({dateStyle: "medium", timeStyle: "medium"}, at, timeZone);
}

/** A time with its date, to the minute. */
export function minute(at, timeZone = zone()) {
    return timeIn({dateStyle: "medium", timeStyle: "short"}, at, timeZone);
}

export function date(at, timeZone = zone()) {
    return timeIn({dateStyle: "medium"}, at, timeZone);
}

export function month(at, timeZone = zone()) {
    return timeIn({year: "numeric", month: "long"}, at, timeZone);
}

const AXIS = {
    time: {hour: "numeric", minute: "2-digit"},
    day: {month: "short", day: "numeric"},
    month: {month: "short", year: "numeric"},
    year: {year: "numeric"},
};

/** A time on an axis. @param {"time"|"day"|"month"|"year"} precision */
export function axis(at, precision, timeZone = zone()) {
    return timeIn(AXIS[precision], at, timeZone);
}

/** The start of a window of usage, as precise as its size. @param {"MINUTE"|"HOUR"|"DAY"|"MONTH"} size */
export function windowStart(at, size, timeZone = zone()) {
    return size === "MONTH" ? month(at, timeZone) : size === "DAY" ? date(at, timeZone) : minute(at, timeZone);
}

const UNITS = [["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** A time relative to now: 3 minutes ago. */
export function ago(at) {
    const seconds = (new Date(at) - Date.now()) / 1000;
    const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS.at(-1);
    return cached("relative", {}, () => new Intl.RelativeTimeFormat(undefined, {numeric: "auto"}))
        .format(Math.round(seconds / size), unit);
}

export function bytes(count) {
    return numbers({style: "unit", unit: count < 1e6 ? "kilobyte" : "megabyte", maximumFractionDigits: 1})
        .format(count < 1e6 ? count / 1e3 : count / 1e6);
}

/** Whether the browser knows the time zone, such as one of an address. */
export function isZone(timeZone) {
    try {
        return timeZone !== undefined && Boolean(new Intl.DateTimeFormat("en-US", {timeZone}));
    } catch {
        return false;
    }
}

/** The time zones that the browser knows. */
export function zones() {
    const known = Intl.supportedValuesOf?.("timeZone") ?? [];
    return [...new Set(["UTC", zone(), ...known])];
}

const DAY = 86_400_000;
const PARTS = {hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric"};

/** The offset of the zone at a time, in milliseconds. Other locales have other digits, or calendars with other years. */
function offset(at, timeZone) {
    const parts = Object.fromEntries(cached("parts", {timeZone}, () => new Intl.DateTimeFormat("en-US", {...PARTS, timeZone}))
        .formatToParts(at).map(part => [part.type, Number(part.value)]));
    const wall = Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
    return wall - Math.floor(at / 1000) * 1000;
}

/**
 * The time of a wall clock in the zone, "2026-03-29T00:00", as milliseconds. Of a time that occurs twice, the first one. A
 * time that is skipped is moved by the length of the gap, so that midnight becomes the start of the day.
 */
export function fromLocal(text, timeZone = zone()) {
    const wall = Date.parse(text.length === 10 ? text + "T00:00Z" : text + "Z");
    const earlier = wall - offset(wall - DAY, timeZone);
    const later = wall - offset(wall + DAY, timeZone);
    return [earlier, later].find(at => at + offset(at, timeZone) === wall) ?? earlier;
}

/** The wall clock in the zone of a time, for inputs of the type datetime-local. */
export function toLocal(at, timeZone = zone()) {
    const time = new Date(at).getTime();
    return new Date(time + offset(time, timeZone)).toISOString().slice(0, 16);
}

/** The start of the day in the zone, a number of days later or earlier, in milliseconds. */
export function startOfDay(at, days = 0, timeZone = zone()) {
    const day = new Date(Date.parse(toLocal(at, timeZone).slice(0, 10)) + days * DAY).toISOString().slice(0, 10);
    return fromLocal(day, timeZone);
}

/** The milliseconds of a time in an address, or undefined if it is absent or not a time. */
export function parsed(text) {
    const at = Date.parse(text ?? "");
    return Number.isNaN(at) ? undefined : at;
}

/** RFC 3339 of milliseconds, without a fraction. */
export function rfc3339(at) {
    return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/**
 * The reasons why a stored event is not counted by the meters of its type. An event without a customer is counted, so that
 * reason is left out.
 * @param {{validationError?: string}} entry of listEvents
 */
export function reasons(entry) {
    return (entry.validationError ?? "").split("\n").filter(line => line !== "" && !line.startsWith("no customer found"));
}

/** The chosen zone, for windowTimeZone. */
export function queryZone() {
    return zone();
}
