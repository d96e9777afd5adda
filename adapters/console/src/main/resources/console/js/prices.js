// Prices, rate cards and lines of invoices in words, for the pages of plans, customers and backtests.
import {html} from "./view.js";
import {compare} from "./decimal.js";
import * as format from "./format.js";
import {Table} from "./ui.js";

const UNITS = {PD: "day", PW: "week", PM: "month", PY: "year", PTH: "hour", PTM: "minute"};

/** An ISO 8601 duration in words: "1 month" for P1M, "3 months" for P3M. One with several parts stays as it is. */
export function duration(iso) {
    const [, prefix, count, letter] = /^(PT?)(\d+)([DWMYH])$/.exec(iso) ?? [];
    const unit = UNITS[prefix + letter];
    return unit ? `${count} ${unit}${count === "1" ? "" : "s"}` : iso;
}

/** A duration after "every" or "per": "month" for P1M, "3 months" for P3M. */
function interval(iso) {
    return duration(iso).replace(/^1 /, "");
}

/** A billing cadence in words: "every month", or "once". */
export function cadence(iso) {
    return iso ? "every " + interval(iso) : "once";
}

/** The tiers from the lowest to the open one. */
function ascending(tiers) {
    return [...tiers].sort((a, b) => a.upToAmount === undefined || a.upToAmount === null ? 1
        : b.upToAmount === undefined || b.upToAmount === null ? -1 : compare(a.upToAmount, b.upToAmount));
}

function tierLines(tiers, currency) {
    let from = null;
    return ascending(tiers).map(({upToAmount, unitPrice, flatPrice}) => {
        const range = upToAmount === undefined || upToAmount === null
            ? from === null ? "All usage" : "Above " + format.quantity(from)
            : from === null ? "Up to " + format.quantity(upToAmount) : `${format.quantity(from)} to ${format.quantity(upToAmount)}`;
        from = upToAmount;
        const parts = [
            unitPrice && format.money(unitPrice.amount, currency) + " per unit",
            flatPrice && format.money(flatPrice.amount, currency) + " flat",
        ].filter(Boolean);
        return `${range}: ${parts.join(" and ") || "no price"}`;
    });
}

const KINDS = {
    flat: (price, currency) => [`${format.money(price.amount, currency)} ${price.paymentTerm === "in_arrears" ? "in arrears" : "in advance"}`],
    unit: (price, currency) => [format.money(price.amount, currency) + " per unit"],
    package: (price, currency) => [`${format.money(price.amount, currency)} for each ${format.quantity(price.quantityPerPackage)} units, or part of them`],
    dynamic: price => [`The metered value, times ${format.quantity(price.multiplier ?? "1")}`],
    tiered: (price, currency) => [
        price.mode === "volume" ? "All units have the price of the tier that the usage reaches" : "Each unit has the price of its tier",
        ...tierLines(price.tiers ?? [], currency)],
};

/** A price in lines of text. */
export function priceLines(price, currency) {
    if (!price) {
        return ["Free"];
    }
    return [
        ...(KINDS[price.type] ?? (() => [price.type]))(price, currency),
        ...(price.minimumAmount ? ["At least " + format.money(price.minimumAmount, currency)] : []),
        ...(price.maximumAmount ? ["At most " + format.money(price.maximumAmount, currency)] : []),
    ];
}

/** A price in words. @param {{price: object|null, currency: string, discounts?: object}} properties */
export function Price({price, currency, discounts}) {
    const lines = [
        ...priceLines(price, currency),
        ...(discounts?.usage ? [`The first ${format.quantity(discounts.usage.quantity)} units of each period are free`] : []),
        ...(discounts?.percentage ? [format.quantity(discounts.percentage.percentage) + "% discount"] : []),
    ];
    return html`<ul class="plain">${lines.map(line => html`<li>${line}</li>`)}</ul>`;
}

/** What a rate card gives: an entitlement template, or an entitlement of a subscription. */
export function entitlementText(entitlement) {
    if (!entitlement) {
        return "–";
    }
    if (entitlement.type === "metered") {
        const period = entitlement.usagePeriod?.intervalISO ?? entitlement.usagePeriod;
        return `${format.quantity(entitlement.issueAfterReset ?? 0)}${period ? " per " + interval(period) : ""}, ${entitlement.isSoftLimit ? "soft" : "hard"} limit`;
    }
    return entitlement.type === "static" ? "Configuration: " + entitlement.config : "Access";
}

/** The first day and the end of a period. @param {{period: {from: string, to: string}|undefined}} properties */
export function Days({period}) {
    return period ? html`<span class="nowrap">${format.date(period.from)} to</span> <span class="nowrap">${format.date(period.to)}</span>` : "–";
}

/** The only charge of a line, where it says no more than the line except for the price of a unit. */
function onlyCharge(line) {
    const [charge, ...others] = line.children ?? [];
    return charge && others.length === 0 && charge.quantity === (line.meteredQuantity ?? line.quantity) ? charge : null;
}

function withCharges(line) {
    const only = onlyCharge(line);
    return only ? [{line: {...line, perUnitAmount: only.perUnitAmount}}]
        : [{line}, ...(line.children ?? []).map(charge => ({line: charge, isCharge: true}))];
}

/** The lines of an invoice with their charges, such as tiers. @param {{caption: string, invoice: object, periods?: boolean}} properties */
export function Lines({caption, invoice, periods = false}) {
    const {currency} = invoice;
    const rows = (invoice.lines ?? []).flatMap(withCharges);
    const discounted = rows.some(({line}) => Number(line.totals.discountsTotal) !== 0);
    return html`<${Table} caption=${caption} rows=${rows} keyOf=${({line}) => line.id} columns=${[
        {title: "Line", wide: true, value: ({line, isCharge}) => isCharge ? html`<div class="sub">${line.name}</div>` : line.name},
        ...(periods ? [{title: "Period", value: ({line, isCharge}) => !isCharge && html`<${Days} period=${line.period}/>`}] : []),
        {title: "Quantity", number: true, value: ({line}) => format.quantity(line.meteredQuantity ?? line.quantity)},
        {title: "Unit price", number: true, value: ({line}) => line.perUnitAmount === undefined ? "" : format.money(line.perUnitAmount, currency)},
        ...(discounted ? [{title: "Discount", number: true, value: ({line}) => format.money(line.totals.discountsTotal, currency)}] : []),
        {title: "Amount", number: true, value: ({line}) => format.money(line.totals.total, currency)},
    ]}/>
    <p><span class="figure">${format.money(invoice.totals.total, currency)}</span>${" "}<span class="note">${Number(invoice.totals.taxesTotal) === 0
        ? "in total, without tax" : `in total, of which ${format.money(invoice.totals.taxesTotal, currency)} are tax`}</span></p>`;
}
