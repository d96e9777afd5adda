// What a customer owes now, and its invoices.
import {html, useState} from "../view.js";
import {api} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {href} from "../router.js";
import {Days, Lines} from "../prices.js";
import {State} from "./invoice-parts.js";
import * as format from "../format.js";
import {announce, Badge, Button, Confirm, ErrorNote, Loaded, Pager, Section, Table, Time} from "../ui.js";

const PAGE_SIZE = 25;

function Due({customer, reload}) {
    const [created, setCreated] = useState(null);
    const load = useLoad(signal => api.previewInvoice({customerId: customer.id}, {body: {}, signal}), [customer.id]);
    const invoice = useAction(async () => {
        try {
            setCreated(await api.invoicePendingLines({}, {body: {customerId: customer.id}}));
            announce("The invoice is created");
        } finally {
            // It may have been invoiced by the schedule in the meantime.
            load.reload();
            reload();
        }
    });
    const due = load.data ?? [];
    return html`<${Section} title="Due now" note="A preview of an invoice created now, with usage up to this minute. Nothing is stored until you create the invoice."
        actions=${html`<${Button} busy=${load.loading} onClick=${load.reload}>Refresh preview<//>
            ${due.length > 0 && html`<${Confirm} text="Create invoice" kind="primary" busy=${invoice.running} onConfirm=${invoice.run}
                question=${`Create ${due.length === 1 ? "an invoice" : due.length + " invoices"} of ${due.map(one => format.money(one.totals.total, one.currency)).join(" and ")} for ${customer.name}? A draft that needs no approval is issued soon afterwards. An issued invoice does not change.`}/>`}`}>
        <${ErrorNote} error=${invoice.error}/>
        ${created && html`<p><${Badge} tone="good">Created<//>${" "}${created.map(one => html`<a href=${href(["invoices", one.id])}>${one.number}</a> `)}</p>`}
        <${Loaded} load=${load} label="Loading the preview">${previews => previews.length === 0
            ? html`<p>Nothing is due now. Charges appear here when they are due.</p>`
            : previews.map(one => html`<${Lines} key=${one.currency} caption=${"Due now in " + one.currency} invoice=${one} periods=${true}/>`)}<//>
    <//>`;
}

function List({load, route}) {
    return html`<${Section} title="Invoices">
        <${Loaded} load=${load} label="Loading the invoices">${answer => html`<${Table} caption="Invoices" rows=${answer.items} keyOf=${one => one.id}
                empty="No invoices yet. An invoice is created when a billing period of the subscription ends, when a fee in advance is due, or when you select “Create invoice”."
                columns=${[
                    {title: "Number", wide: true, value: one => html`<a href=${href(["invoices", one.id])}>${one.number}</a>`},
                    {title: "Status", value: one => html`<${State} invoice=${one}/>`},
                    {title: "Total", number: true, value: one => format.money(one.totals.total, one.currency)},
                    {title: "Period", value: one => html`<${Days} period=${one.period}/>`},
                    {title: "Issued", value: one => html`<${Time} at=${one.issuedAt}/>`},
                    {title: "Due", value: one => html`<${Time} at=${one.issuedAt && one.dueAt}/>`},
                ]}/>
            <${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount}
                hrefOf=${page => href(["customers", ...route.path], {tab: "invoices", page})}/>`}<//>
    <//>`;
}

/** The tab of invoices. */
export function Invoices({customer, route}) {
    const page = Math.max(1, Number(route.query.page) || 1);
    const load = useLoad(signal => api.listInvoices(
        {customers: customer.id, orderBy: "createdAt", order: "DESC", page, pageSize: PAGE_SIZE}, {signal}), [customer.id, page]);
    return html`${!customer.deletedAt && html`<${Due} customer=${customer} reload=${load.reload}/>`}<${List} load=${load} route=${route}/>`;
}
