// The proof of a line: its usage when it was billed and now, and the events in between.
import {html} from "../view.js";
import {api, curl} from "../api.js";
import {useLoad} from "../load.js";
import {href} from "../router.js";
import * as format from "../format.js";
import {Badge, Command, Facts, Loaded, Page, Section, Table, Time} from "../ui.js";
import {InvoiceLink} from "./invoice.js";
import {Lines} from "./invoice-parts.js";

/** The filter of the list of events behind the quantity. */
function filterOf(usage) {
    const text = new URL(usage.events.url, document.baseURI).searchParams.get("filter");
    try {
        return JSON.parse(text);
    } catch {
        return {};
    }
}

/** The filters of the meter that the page of usage knows: lists of values. */
function meterFilters(filters) {
    return Object.entries(filters ?? {}).flatMap(([key, {$eq, $in}]) =>
        [$in ?? $eq ?? []].flat().map(value => key + "=" + value));
}

function conditionText(condition) {
    return Object.entries(condition).map(([operator, value]) => operator.replace("$", "") + " " + [value].flat().join(", ")).join("; ");
}

function signed(difference) {
    return /^[-0]$|^-/.test(difference) ? format.quantity(difference) : "+" + format.quantity(difference);
}

function Verdict({usage}) {
    return usage.difference === "0"
        ? html`<p><${Badge} tone="good">Unchanged<//> The query has the same result as when the line was billed.</p>`
        : html`<p><${Badge} tone="warn">Changed<//> Usage was recorded or corrected after the line was billed. The next invoice bills the
            difference, unless the period ended too long ago.</p>`;
}

function Usage({usage}) {
    const filter = filterOf(usage);
    const type = filter.type?.$eq;
    const events = {type, subject: usage.subjects, from: usage.from, to: usage.to};
    const isNew = entry => Date.parse(entry.storedAt) >= Date.parse(usage.readAt);
    return html`
        <${Section} title="Quantity"><${Verdict} usage=${usage}/><${Table} caption="Quantities" rows=${[usage]} columns=${[
            {title: "When billed", number: true, value: one => format.quantity(one.then)},
            {title: "Now", number: true, value: one => format.quantity(one.now)},
            {title: "Difference", number: true, value: one => signed(one.difference)},
        ]}/><//>
        <${Section} title="Query" note="The same query runs again for this page.">
            <${Facts} items=${[
                ["Meter", html`<a href=${href(["meters", usage.meterSlug], {from: usage.from, to: usage.to, windowSize: "DAY", subject: usage.subjects, filter: meterFilters(usage.filters)})}>${usage.meterSlug}</a>`],
                ["Event type", type && html`<code>${type}</code>`],
                ["Subjects", usage.subjects.map(subject => html`<div><code>${subject}</code></div>`)],
                ["Filters", usage.filters && Object.entries(usage.filters).map(([key, condition]) => html`<div>${key}: ${conditionText(condition)}</div>`)],
                ["From", html`<${Time} at=${usage.from}/>`],
                ["To", html`<${Time} at=${usage.to}/>`],
                ["Read", html`<${Time} at=${usage.readAt}/>`],
            ]}/><//>
        <${Section} title="Events recorded since billing" actions=${html`<a class="button" href=${href("events", events)}>Show all events of the range</a>`}
            note=${html`Events of the type and subjects that were recorded since ${format.time(usage.events.recordedSince)}, a minute before the usage was read. Events recorded after this read explain the difference.`}>
            <${Table} caption="Events recorded since billing" rows=${usage.events.items} keyOf=${entry => entry.event.source + " " + entry.event.id}
                empty="No event was recorded since then."
                columns=${[
                    {title: "Recorded", value: entry => html`<${Time} at=${entry.storedAt}/>${" "}${isNew(entry) ? html`<${Badge} tone="warn">After the read<//>` : html`<${Badge}>Before the read<//>`}`},
                    {title: "Time", value: entry => html`<${Time} at=${entry.event.time}/>`},
                    {title: "Subject", value: entry => entry.event.subject},
                    {title: "Id", value: entry => html`<code>${entry.event.id}</code>`},
                    {title: "Data", wide: true, value: entry => html`<code>${JSON.stringify(entry.event.data ?? null)}</code>`},
                ]}/>
            ${usage.events.hasMore && html`<p class="note">There are more: the first ${format.quantity(usage.events.items.length)} are shown. Select “Show all events of the range” to see the others.</p>`}
            <details><summary>Show curl command for these events</summary><${Command} text=${curl("listEventsV2", {filter: JSON.stringify(filter)})}/></details>
        <//>`;
}

function Proof({proof}) {
    return html`
        ${proof.usage ? html`<${Usage} usage=${proof.usage}/>`
            : html`<p class="note">This line bills a fee. A fee has no usage to prove.</p>`}
        <${Section} title="Line" note="All lines with the same item key bill the same item.">
            <${Lines} invoice=${{number: proof.invoiceNumber ?? "the draft", currency: proof.line.currency, lines: [proof.line]}}/>
            <${Facts} items=${[
                ["Item key", html`<code>${proof.key}</code>`],
                ["Revision", format.quantity(proof.revision)],
                ["Corrects", proof.corrects && html`<${InvoiceLink} id=${proof.corrects.id}/>`],
            ]}/><//>`;
}

/** The page of the proof of one line. */
export function ProofPage({invoiceId, lineId}) {
    const load = useLoad(signal => api.proveInvoiceLine({invoiceId, lineId}, {signal}), [invoiceId, lineId], {keep: false});
    const number = load.data?.invoiceNumber;
    return html`<${Page} title=${load.data ? "Proof of " + load.data.line.name : "Proof"}
        above=${{href: href(["invoices", invoiceId]), text: number ? "Invoice " + number : "Invoice"}}>
        <${Loaded} load=${load} label="Running the query again">${proof => html`<${Proof} proof=${proof}/>`}<//>
        <details><summary>Show curl command for the proof</summary><${Command} text=${curl("proveInvoiceLine", {invoiceId, lineId})}/></details>
    <//>`;
}
