// The issued invoices of the customer, with their documents.
import {html, useState} from "./view.js";
import {useAction, useLoad} from "./load.js";
import * as format from "./format.js";
import {Badge, Button, ErrorNote, Loaded, Section} from "./ui.js";

const PAGE_SIZE = 10;
const STATUSES = {
    issued: {text: "Open", tone: ""},
    payment_processing: {text: "Payment not completed", tone: "warn"},
    paid: {text: "Paid", tone: "good"},
    overdue: {text: "Overdue", tone: "bad"},
    uncollectible: {text: "Not paid", tone: "bad"},
    voided: {text: "Voided", tone: ""},
};
const DOCUMENTS = [
    {text: "Page", accept: "text/html", extension: "html", about: "a page to read and print"},
    {text: "CSV", accept: "text/csv", extension: "csv", about: "a table"},
    {text: "XML", accept: "application/xml", extension: "xml", about: "an e-invoice"},
];

/** Saves the documents of one invoice. */
function Documents({client, invoice}) {
    const save = useAction(({accept, extension}) => client.download("getPortalInvoice", {invoiceId: invoice.id},
        {accept, filename: `${invoice.number}.${extension}`}));
    return html`<div><div class="actions">${DOCUMENTS.map(document => html`<button type="button" class="button small" disabled=${save.running}
            title=${document.about} aria-label=${`Download ${invoice.number} as ${document.text}, ${document.about}`}
            onClick=${() => save.run(document)}>${document.text}</button>`)}</div>
        <${ErrorNote} error=${save.error}/></div>`;
}

function Invoice({client, invoice}) {
    const {text, tone} = STATUSES[invoice.status] ?? {text: invoice.status, tone: ""};
    return html`<li class="invoice">
        <div><h3>${invoice.type === "credit_note" ? "Credit note " : ""}${invoice.number}</h3>
            <p class="note">Issued on ${format.date(invoice.issuedAt)}${invoice.dueAt && invoice.status !== "voided" && `, due on ${format.date(invoice.dueAt)}`}</p></div>
        <p><${Badge} tone=${tone}>${text}<//></p>
        <p class="total">${format.money(invoice.totals.total, invoice.currency)}</p>
        <${Documents} client=${client} invoice=${invoice}/>
    </li>`;
}

/** The list of invoices, latest first. */
export function Invoices({client}) {
    const [page, setPage] = useState(1);
    const load = useLoad(signal => client.call("listPortalInvoices", {page, pageSize: PAGE_SIZE}, {signal}), [page]);
    return html`<${Section} title="Invoices">
        <${Loaded} load=${load} label="Loading the invoices">${({items, totalCount}) => html`
            ${items.length === 0
                ? html`<p class="note">There are no invoices yet.</p>`
                : html`<ul class="invoices">${items.map(one => html`<${Invoice} client=${client} invoice=${one} key=${one.id}/>`)}</ul>`}
            ${totalCount > PAGE_SIZE && html`<div class="pager">
                <${Button} disabled=${page === 1} onClick=${() => setPage(page - 1)}>Newer<//>
                <span>Page ${format.quantity(page)} of ${format.quantity(Math.ceil(totalCount / PAGE_SIZE))}</span>
                <${Button} disabled=${page * PAGE_SIZE >= totalCount} onClick=${() => setPage(page + 1)}>Older<//>
            </div>`}`}<//>
    <//>`;
}
