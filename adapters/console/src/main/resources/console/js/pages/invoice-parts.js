// What the pages of invoices share: the names of states, issues, and lines with their charges.
import {html, useState} from "../view.js";
import * as format from "../format.js";
import {Badge, Button, Facts} from "../ui.js";

/** The states by statusDetails.extendedStatus. next: what happens then, in the present tense. */
export const STATES = {
    "gathering": {text: "Pending", next: () => "These lines are billed by the next invoice after they are due."},
    "draft.created": {text: "Preview", next: () => "This invoice is not stored."},
    "draft.waiting_for_collection": {text: "Draft, waiting for usage",
        next: invoice => `Usage can arrive late, so it is read again at ${format.minute(invoice.collectionAt)}.`},
    "draft.collecting": {text: "Draft, collecting usage", next: () => "The next run of the schedule issueInvoices reads the usage."},
    "draft.manual_approval_needed": {text: "Draft, needs approval", tone: "warn", next: () => "Check the lines, then approve the draft."},
    "draft.waiting_auto_approval": {text: "Draft, waiting to be issued",
        next: invoice => `The draft is issued at ${format.minute(invoice.draftUntil)} without approval.`},
    "draft.ready_to_issue": {text: "Draft, ready to issue", next: () => "The next run of the schedule issueInvoices issues the draft."},
    "issued": {text: "Issued", tone: "good"},
    "overdue": {text: "Overdue", tone: "bad"},
    "paid": {text: "Paid", tone: "good"},
    "payment_processing.failed": {text: "Payment failed", tone: "bad"},
    "payment_processing.action_required": {text: "Payment needs action", tone: "warn"},
    "uncollectible": {text: "Uncollectible", tone: "bad"},
    "voided": {text: "Voided"},
    "deleted": {text: "Deleted"},
};

/** The badge of the state, and one for a credit note. */
export function State({invoice}) {
    const name = invoice.statusDetails.extendedStatus;
    const state = Object.hasOwn(STATES, name) ? STATES[name] : {text: name.replace(/[._]/g, " ")};
    return html`<${Badge} tone=${state.tone}>${state.text}<//>
        ${invoice.type === "credit_note" && html` <${Badge}>Credit note<//>`}`;
}

/** Why the hand-off of an invoice is not done. */
export function Issues({invoice}) {
    return (invoice.validationIssues ?? []).map(issue => html`<div class="issue" key=${issue.code}>
        <${Badge} tone=${issue.severity === "critical" ? "bad" : "warn"}>${issue.severity === "critical" ? "Critical" : "Warning"}<//>${" "}
        ${issue.message} <code>${issue.code}</code></div>`);
}

function isMidnight(at) {
    return format.toLocal(at).endsWith("T00:00");
}

/** A period; without times of day if it consists of whole days. @param {{of: {from: string, to: string}}} properties */
export function Period({of: {from, to}}) {
    const text = isMidnight(from) && isMidnight(to) ? format.date : format.minute;
    return html`<time datetime=${from} title=${from}>${text(from)}</time>${"\u00a0"}– <time datetime=${to} title=${to}>${text(to)}</time>`;
}

/** A party with its address and tax id. @param {{party: object, link?: string}} properties link: the address of its page */
export function Party({party, link}) {
    const {line1, line2, postalCode, city, state, country} = party.addresses?.[0] ?? {};
    const lines = [line1, line2, [postalCode, city].filter(Boolean).join(" "), state, country];
    return html`<div>${link ? html`<a href=${link}>${party.name}</a>` : party.name}</div>
        ${lines.filter(Boolean).map(line => html`<div>${line}</div>`)}
        ${party.taxId?.code && html`<div class="note">Tax id ${party.taxId.code}</div>`}`;
}

export const TAX = {
    standard: "Standard rate", zero_rated: "Zero rated", exempt: "Exempt", reverse_charge: "Reverse charge",
    intra_community: "Intra-community supply", export: "Export", not_subject: "Not subject to tax",
};

/** A tax rate as text. */
export function taxText({category, percent, exemptionReason}) {
    return (TAX[category] ?? category) + (category === "standard" ? `, ${format.quantity(percent)} %` : "")
        + (exemptionReason ? ": " + exemptionReason : "");
}

function isZero(amount) {
    return /^-?0*\.?0*$/.test(amount ?? "0");
}

function negative(amount) {
    return amount.startsWith("-") ? amount.slice(1) : "-" + amount;
}

/** A discount as text, from its reason. */
function reasonText({type, percentage}) {
    return type === "ratecard_percentage" && percentage !== undefined ? `${format.quantity(percentage)} % discount`
        : type === "maximum_spend" ? "Above the maximum spend" : type.replaceAll("_", " ");
}

/** What reduces or precedes the quantity of a line. */
function quantityNotes(line) {
    const free = line.discounts?.usage?.[0];
    return [
        line.meteredQuantity && `${format.quantity(line.meteredQuantity)} metered`,
        !isZero(free?.quantity) && `${format.quantity(free.quantity)} free`,
        line.preLinePeriodQuantity && `${format.quantity(line.preLinePeriodQuantity)} billed before in this period`,
    ].filter(Boolean);
}

function LineRow({line, currency, proof}) {
    return html`<tr class="line">
        <td class="wide"><b>${line.name}</b>${line.deletedAt && html` <${Badge}>Removed<//>`}
            ${line.description && html`<div>${line.description}</div>`}
            <div class="note">${line.featureKey && `Feature ${line.featureKey} · `}<${Period} of=${line.period}/></div>
            ${line.subscription && html`<div class="note">Subscription ${line.subscription.subscription.id}</div>`}</td>
        <td class="number">${format.quantity(line.quantity)}${quantityNotes(line).map(note => html`<div class="note">${note}</div>`)}</td>
        <td class="number"></td>
        <td class="number">${isZero(line.totals.discountsTotal) ? "" : format.money(negative(line.totals.discountsTotal), currency)}</td>
        <td class="number"><b>${format.money(line.totals.total, currency)}</b></td>
        ${proof && html`<td><a class="button small" href=${proof(line)} aria-label=${"Proof of " + line.name}>Proof</a></td>`}
    </tr>`;
}

function ChargeRow({charge, currency, proof}) {
    const discounts = charge.discounts?.amount ?? [];
    return html`<tr class="charge">
        <td class="wide">${charge.name}${charge.category === "commitment" && html` <${Badge}>Minimum spend<//>`}
            ${discounts.map(one => html`<div class="note">${reasonText(one.reason)}: ${format.money(one.amount, currency)}</div>`)}</td>
        <td class="number">${format.quantity(charge.quantity)}</td>
        <td class="number">${format.money(charge.perUnitAmount, currency)}</td>
        <td class="number">${isZero(charge.totals.discountsTotal) ? "" : format.money(negative(charge.totals.discountsTotal), currency)}</td>
        <td class="number">${format.money(charge.totals.total, currency)}</td>
        ${proof && html`<td></td>`}
    </tr>`;
}

const ROWS = 100;

/**
 * The lines of an invoice with their charges: tiers, discounts and minimum spends.
 * @param {{invoice: object, proof?: function(object): string}} properties proof: the address of the proof of a line
 */
export function Lines({invoice, proof}) {
    const [count, setCount] = useState(ROWS);
    const lines = invoice.lines ?? [];
    if (lines.length === 0) {
        return html`<p class="note">There are no lines.</p>`;
    }
    const caption = "Lines of " + invoice.number;
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
        <table class="lines">
            <caption class="hidden">${caption}</caption>
            <thead><tr><th scope="col">Line</th><th scope="col" class="number">Quantity</th><th scope="col" class="number">Unit price</th>
                <th scope="col" class="number">Discount</th><th scope="col" class="number">Amount</th>${proof && html`<th scope="col">Details</th>`}</tr></thead>
            ${lines.slice(0, count).map(line => html`<tbody key=${line.id}>
                <${LineRow} line=${line} currency=${invoice.currency} proof=${proof}/>
                ${line.children.map(charge => html`<${ChargeRow} key=${charge.id} charge=${charge} currency=${invoice.currency} proof=${proof}/>`)}
            </tbody>`)}
        </table>
    </div>
    ${lines.length > count && html`<div class="actions"><${Button} onClick=${() => setCount(count * 5)}>Show more<//>
        <span class="note">${format.quantity(count)} of ${format.quantity(lines.length)} lines</span></div>`}`;
}

/** The sums of an invoice. */
export function Totals({invoice}) {
    const {totals, currency, tax} = invoice;
    const amount = value => html`<span class="sum">${format.money(value, currency)}</span>`;
    return html`<div class="totals"><${Facts} items=${[
        ["Charges", amount(totals.amount)],
        ["Minimum spends", !isZero(totals.chargesTotal) && amount(totals.chargesTotal)],
        ["Discounts", !isZero(totals.discountsTotal) && amount(negative(totals.discountsTotal))],
        [`Tax, ${tax.category === "standard" ? format.quantity(tax.percent) + " %" : TAX[tax.category] ?? tax.category}`, amount(totals.taxesTotal)],
        ["Total", html`<b>${amount(totals.total)}</b>`],
    ].filter(([, value]) => value)}/></div>`;
}
