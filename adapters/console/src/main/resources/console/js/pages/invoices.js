// Invoices with filters, and the pending lines of a customer.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, href, keyOrId, open} from "../router.js";
import * as format from "../format.js";
import {announce, Button, Confirm, Empty, ErrorNote, Field, Form, Loaded, Page, Pager, Section, Table, Tabs, Time} from "../ui.js";
import {InvoicePage} from "./invoice.js";
import {ProofPage} from "./invoice-proof.js";
import {Issues, Lines, Period, State, STATES, Totals} from "./invoice-parts.js";

const PAGE_SIZE = 50;
const SUGGESTIONS = 20;

const STATUSES = [
    {value: "", text: "All"},
    {value: "draft", text: "Draft"},
    {value: "draft.manual_approval_needed", text: "Draft, needs approval"},
    {value: "issued", text: "Issued"},
    {value: "paid", text: "Paid"},
    {value: "overdue", text: "Overdue"},
    {value: "payment_processing", text: "Payment failed or needs action"},
    {value: "uncollectible", text: "Uncollectible"},
    {value: "voided", text: "Voided"},
    {value: "deleted", text: "Deleted"},
];

const ORDERS = {
    "": {text: "Created, latest first", orderBy: "createdAt", order: "DESC"},
    "issued": {text: "Issued, latest first", orderBy: "issuedAt", order: "DESC"},
    "updated": {text: "Changed, latest first", orderBy: "updatedAt", order: "DESC"},
    "customer": {text: "Customer", orderBy: "customer.name", order: "ASC"},
};

/** The filters of the address: status, customer, from and to (exclusive), sort and page. */
function queryOf({query}) {
    const status = STATUSES.some(one => one.value === query.status) || Object.hasOwn(STATES, query.status ?? "") ? query.status : undefined;
    const sort = Object.hasOwn(ORDERS, query.sort ?? "") ? query.sort ?? "" : "";
    return {
        status, sort, customer: query.customer, from: format.parsed(query.from), to: format.parsed(query.to),
        page: Math.max(1, Math.floor(Number(query.page)) || 1),
    };
}

/** The parameters of listInvoices. The bounds of the API are inclusive, and it has microseconds. */
function parametersOf({status, sort, from, to, page}, customer) {
    const {orderBy, order} = ORDERS[sort];
    return {
        [status?.includes(".") ? "extendedStatuses" : "statuses"]: status,
        includeDeleted: status === "deleted" ? true : undefined,
        customers: customer?.id,
        issuedAfter: from === undefined ? undefined : format.rfc3339(from),
        issuedBefore: to === undefined ? undefined : format.rfc3339(to - 1000).replace("Z", ".999999Z"),
        orderBy, order, page, pageSize: PAGE_SIZE,
    };
}

/** A customer by id or key, or by its name if only one customer has it. */
async function findCustomer(text) {
    try {
        return await api.getCustomer({customerIdOrKey: text});
    } catch (error) {
        if (error.status !== 404) {
            throw error;
        }
        const {items} = await api.listCustomers({name: text, pageSize: SUGGESTIONS});
        const same = items.filter(one => one.name.toLowerCase() === text.toLowerCase());
        const found = same.length === 1 ? same : items;
        if (found.length === 1) {
            return found[0];
        }
        throw new Error(found.length === 0 ? `No customer has the id, the key or the name ${text}.`
            : `Several customers match ${text}: enter a key or an id.`);
    }
}

/** Chooses a customer by name, key or id; its id is in the address. */
function CustomerFilter({customer, children}) {
    const [text, setText] = useState("");
    const known = useLoad(async signal => (await api.listCustomers({name: text, pageSize: SUGGESTIONS}, {signal})).items, [text]);
    const find = useAction(async () => {
        if (text.trim() !== "") {
            change({customer: (await findCustomer(text.trim())).id, page: null});
            setText("");
        }
    });
    return html`<${Form} label="Filters" onSubmit=${find.run}>
        ${children}
        ${customer
            ? html`<${Button} onClick=${() => change({customer: null, page: null})}>Remove filter: customer is ${customer.name}<//>`
            : html`<${Field} label="Customer" value=${text} onChange=${setText} input=${{list: "known-customers", placeholder: "Name, key or id"}}/>
                <datalist id="known-customers">${(known.data ?? []).map(one => html`<option value=${keyOrId(one)}>${one.name}</option>`)}</datalist>
                <${Button} type="submit" busy=${find.running}>Select customer<//>`}
    <//>
    <${ErrorNote} error=${find.error}/>`;
}

function Filters({query, customer}) {
    const {from, to} = query;
    const setFrom = text => change({from: text && format.rfc3339(format.fromLocal(text)), page: null});
    const setTo = text => change({to: text && format.rfc3339(format.startOfDay(format.fromLocal(text), 1)), page: null});
    return html`<${CustomerFilter} customer=${customer}>
        <${Field} label="Status" value=${query.status ?? ""} onChange=${status => change({status, page: null})}
            options=${query.status && !STATUSES.some(one => one.value === query.status)
                ? [...STATUSES, {value: query.status, text: STATES[query.status].text}] : STATUSES}/>
        <${Field} label="Issued from" value=${from === undefined ? "" : format.toLocal(from).slice(0, 10)} input=${{type: "date"}} onChange=${setFrom}/>
        <${Field} label="Issued to" value=${to === undefined ? "" : format.toLocal(to - 1).slice(0, 10)} input=${{type: "date"}} onChange=${setTo}/>
        <${Field} label="Order by" value=${query.sort} onChange=${sort => change({sort, page: null})}
            options=${Object.entries(ORDERS).map(([value, {text}]) => ({value, text}))}/>
    <//>`;
}

function NoInvoices({isFiltered, customer}) {
    return isFiltered
        ? html`<p class="note">No invoice matches the filters. Change or remove a filter.</p>`
        : html`<${Empty} title="There are no invoices yet"
            text="The schedule draftInvoices creates an invoice when items of a subscription or pending lines are due. This request does it now:"
            curl=${curl("invoicePendingLines", {}, {body: {customerId: customer?.id ?? "CUSTOMER_ID"}})}/>`;
}

function InvoiceTable({answer, query, customer, route}) {
    const isFiltered = Boolean(query.status || query.from !== undefined || query.to !== undefined || query.page > 1);
    return html`
        <${Table} caption="Invoices" rows=${answer.items} keyOf=${invoice => invoice.id}
            empty=${html`<${NoInvoices} isFiltered=${isFiltered} customer=${customer}/>`}
            columns=${[
                {title: "Number", value: invoice => html`<a href=${href(["invoices", invoice.id])}>${invoice.number}</a>`},
                {title: "Customer", value: invoice => html`<a href=${href(["customers", invoice.customer.id])}>${invoice.customer.name}</a>`},
                {title: "Status", value: invoice => html`<${State} invoice=${invoice}/><${Issues} invoice=${invoice}/>`},
                {title: "Period", value: invoice => html`<${Period} of=${invoice.period}/>`},
                {title: "Issued", value: invoice => invoice.issuedAt ? html`<time datetime=${invoice.issuedAt} title=${invoice.issuedAt}>${format.date(invoice.issuedAt)}</time>` : "–"},
                {title: "Due", value: invoice => invoice.issuedAt && invoice.dueAt ? html`<time datetime=${invoice.dueAt} title=${invoice.dueAt}>${format.date(invoice.dueAt)}</time>` : "–"},
                {title: "Total", number: true, value: invoice => format.money(invoice.totals.total, invoice.currency)},
            ]}/>
        <${Pager} page=${answer.page} pageSize=${PAGE_SIZE} total=${answer.totalCount}
            hrefOf=${page => href("invoices", {...route.query, page})}/>`;
}

function List({route, customer}) {
    const query = queryOf(route);
    const parameters = parametersOf(query, customer);
    const load = useLoad(signal => api.listInvoices(parameters, {signal}), [JSON.stringify(parameters)]);
    return html`<${Filters} query=${query} customer=${customer}/>
        <${Loaded} load=${load}>${answer => html`<${InvoiceTable} answer=${answer} query=${query} customer=${customer} route=${route}/>`}<//>`;
}

/** What an invoice would bill now, without storing it. */
function Preview({customer}) {
    const [invoices, setInvoices] = useState(null);
    const preview = useAction(async () => {
        setInvoices(await api.previewInvoice({customerId: customer.id}, {body: {}}));
        announce("The preview is shown");
    });
    const bill = useAction(async () => {
        const made = await api.invoicePendingLines({}, {body: {customerId: customer.id}});
        open(made.length === 1 ? href(["invoices", made[0].id]) : href("invoices", {customer: customer.id}));
    });
    const actions = html`<${Button} busy=${preview.running} onClick=${preview.run}>Preview<//>
        <${Confirm} text="Create invoice" confirm="Create draft" kind="primary" busy=${bill.running} onConfirm=${bill.run}
            question=${`This creates a draft for ${customer.name} with the due items of the subscription and the due pending lines.`}/>`;
    return html`<${Section} title="Due now" actions=${actions} note="A preview of an invoice created now. It includes usage of periods that have not ended, unless the billing profile disables progressive billing. The schedule draftInvoices creates due invoices every minute.">
        <${ErrorNote} error=${bill.error ?? preview.error}/>
        ${invoices?.map(invoice => html`<div class="loaded" key=${invoice.currency}>
            <${Lines} invoice=${invoice}/><${Totals} invoice=${invoice}/></div>`)}
        ${invoices?.length === 0 && html`<p class="note">Nothing is due now. Charges appear here when they are due.</p>`}
    <//>`;
}

const EXAMPLE = {
    currency: "EUR",
    lines: [{
        name: "Support", period: {from: "2027-01-01T00:00:00Z", to: "2027-01-02T00:00:00Z"}, invoiceAt: "2027-01-02T00:00:00Z",
        price: {type: "flat", amount: "25.00"},
    }],
};

function Gathering({invoice}) {
    return html`<${Section} title=${"Pending lines in " + invoice.currency} note=${STATES.gathering.next()}>
        <${Lines} invoice=${invoice}/>
        <${Table} caption=${"When the lines in " + invoice.currency + " are due"} rows=${invoice.lines ?? []} keyOf=${line => line.id} empty=""
            columns=${[
                {title: "Line", wide: true, value: line => line.name},
                {title: "Due for invoicing", value: line => html`<${Time} at=${line.invoiceAt}/>`},
                {title: "Added", value: line => html`<${Time} at=${line.createdAt}/>`},
            ]}/>
        <${Totals} invoice=${invoice}/>
    <//>`;
}

function Pending({customer}) {
    const load = useLoad(async signal => customer
        ? (await api.listInvoices({statuses: "gathering", customers: customer.id, expand: "lines"}, {signal})).items : null,
    [customer?.id]);
    return html`<${CustomerFilter} customer=${customer}/>
        ${!customer && html`<${Empty} title="Select a customer" text="Pending lines are lines that were added by hand and are not billed yet. Select a customer to show them."/>`}
        ${customer && html`<${Preview} customer=${customer} key=${customer.id}/>
            <${Loaded} load=${load}>${invoices => !invoices ? "" : invoices.length === 0
                ? html`<${Empty} title="There are no pending lines" text="Add a line, such as a service that is not part of the subscription:"
                    curl=${curl("createPendingInvoiceLines", {customerId: customer.id}, {body: {...EXAMPLE, currency: customer.currency ?? "EUR"}})}/>`
                : invoices.map(invoice => html`<${Gathering} key=${invoice.id} invoice=${invoice}/>`)}<//>`}`;
}

function Invoices({route}) {
    const isPending = route.query.tab === "pending";
    const customer = useLoad(async signal => route.query.customer
        ? await api.getCustomer({customerIdOrKey: route.query.customer}, {signal}) : null, [route.query.customer], {keep: false});
    const tabs = [
        {id: "invoices", text: "Invoices", href: href("invoices", {customer: route.query.customer})},
        {id: "pending", text: "Pending lines", href: href("invoices", {tab: "pending", customer: route.query.customer})},
    ];
    return html`<${Page} title="Invoices" note="A draft can be edited and deleted. An issued invoice has a number and never changes. A correction is a line of a later invoice.">
        <${Tabs} label="Invoices" tabs=${tabs} current=${isPending ? "pending" : "invoices"}/>
        <${Loaded} load=${customer} label="Loading the customer">${found => isPending
            ? html`<${Pending} customer=${found}/>`
            : html`<${List} route=${route} customer=${found}/>`}<//>
        ${customer.error && html`<div class="actions"><${Button} onClick=${() => change({customer: null})}>Show the invoices of all customers<//></div>`}
    <//>`;
}

/** #/invoices, #/invoices/{id} and #/invoices/{id}/lines/{lineId}. */
export default function InvoicePages({route}) {
    const [id, lines, lineId] = route.path;
    return lineId !== undefined && lines === "lines" ? html`<${ProofPage} invoiceId=${id} lineId=${lineId} key=${id + lineId}/>`
        : id !== undefined ? html`<${InvoicePage} id=${id} key=${id}/>`
            : html`<${Invoices} route=${route}/>`;
}
