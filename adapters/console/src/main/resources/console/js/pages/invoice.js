// One invoice: parties, dates, lines, totals, what can be done with it, and its documents.
import {html, useState} from "../view.js";
import {address, api, curl, download} from "../api.js";
import {currentKey} from "../session.js";
import {useAction, useLoad} from "../load.js";
import {href} from "../router.js";
import * as format from "../format.js";
import {announce, Button, Command, Confirm, Dialog, ErrorNote, Facts, Field, Loaded, Page, Section, Time} from "../ui.js";
import {Issues, Lines, Party, Period, State, STATES, taxText, Totals} from "./invoice-parts.js";

const REFRESH = 15_000;
const MAX_REASON = 1024;

/** The actions of statusDetails.availableActions, in the order of the buttons. */
const ACTIONS = {
    approve: {
        text: "Approve", confirm: "Approve draft", kind: "primary", route: "approveInvoice",
        question: ({customer, totals, currency}) =>
            `This issues the invoice to ${customer.name}, ${format.money(totals.total, currency)}. The invoice then has a number and cannot be changed.`,
    },
    advance: {
        text: "Advance", confirm: "Advance draft", route: "advanceInvoice",
        question: () => "This performs the next step of the schedule issueInvoices now: it reads the usage, or issues the draft.",
    },
    snapshotQuantities: {
        text: "Snapshot quantities", confirm: "Read usage now", route: "snapshotQuantitiesInvoice",
        question: () => "This reads the usage of the lines now instead of later. Usage that arrives afterwards is billed as a correction.",
    },
    retry: {
        text: "Retry", confirm: "Hand over again", route: "retryInvoice",
        question: () => "This attempts the hand-off to the payment provider again.",
    },
    delete: {
        text: "Delete", confirm: "Delete draft", kind: "danger", route: "deleteInvoice",
        question: () => "This deletes the draft. Its items are not billed again. To remove single lines, edit the draft with updateInvoice in the API instead.",
    },
};

/** Voids an issued invoice, for a reason, and asks what happens to its items. */
function Void({invoice, act}) {
    const [isOpen, setOpen] = useState(false);
    const [reason, setReason] = useState("");
    const [type, setType] = useState("discard");
    const confirm = () => {
        setOpen(false);
        act.run("Voided", () => api.voidInvoice({invoiceId: invoice.id}, {body: {action: {percentage: 100, action: {type}}, reason: reason.trim()}}));
    };
    return html`<${Button} kind="danger" busy=${act.running} onClick=${() => setOpen(true)}>Void<//>
        <${Dialog} title=${"Void " + invoice.number} open=${isOpen} onClose=${() => setOpen(false)}>
            <p>A voided invoice is no longer owed. Its number is not used again. This cannot be undone.</p>
            <form class="loaded" aria-label="Void" onSubmit=${event => { event.preventDefault(); confirm(); }}>
                <${Field} label="Reason" value=${reason} onChange=${setReason} rows=${3} input=${{required: true, maxlength: MAX_REASON}}/>
                <${Field} label="The items of the invoice" value=${type} onChange=${setType} options=${[
                    {value: "discard", text: "are not billed again (discard)"},
                    {value: "pending", text: "are billed again by the next invoice (pending)"},
                ]}/>
                <div class="actions"><${Button} onClick=${() => setOpen(false)}>Cancel<//>
                    <${Button} kind="danger" type="submit" disabled=${reason.trim() === ""}>Void invoice<//></div>
            </form>
        <//>`;
}

/** A button for each available action. */
function Actions({invoice, act}) {
    const available = invoice.statusDetails.availableActions ?? {};
    return html`${Object.entries(ACTIONS).filter(([name]) => Object.hasOwn(available, name)).map(([name, action]) => html`
        <${Confirm} key=${name} text=${action.text} confirm=${action.confirm} kind=${action.kind ?? ""} question=${action.question(invoice)} busy=${act.running}
            onConfirm=${() => act.run(action.text + ": done", () => api[action.route]({invoiceId: invoice.id}))}/>`)}
        ${Object.hasOwn(available, "void") && html`<${Void} invoice=${invoice} act=${act}/>`}`;
}

/** The id at the end of a path of the API. */
function lastPart(path) {
    return decodeURIComponent(path.split("?")[0].split("/").at(-1));
}

/** The link to an invoice, by its number. */
export function InvoiceLink({id}) {
    const load = useLoad(signal => api.getInvoice({invoiceId: id, expand: "preceding"}, {signal}), [id], {keep: false});
    return html`<a href=${href(["invoices", id])}>${load.data?.number ?? id}</a>`;
}

function About({invoice}) {
    const {invoicing, payment} = invoice.workflow.workflow;
    const state = STATES[invoice.statusDetails.extendedStatus];
    return html`<div class="columns">
        <${Section} title="Status"><${Facts} items=${[
            ["Status", html`<${State} invoice=${invoice}/>`],
            ["Next", state?.next?.(invoice)],
            ["Corrects", invoice.preceding?.map(one => html`<div key=${one.url}><${InvoiceLink} id=${lastPart(one.url)}/></div>`)],
            ["Void reason", invoice.voidReason],
            ["Period", html`<${Period} of=${invoice.period}/>`],
            ["Issued", invoice.issuedAt && html`<${Time} at=${invoice.issuedAt}/>`],
            ["Due", invoice.issuedAt && invoice.dueAt && html`<${Time} at=${invoice.dueAt}/>`],
            ["Usage read", invoice.quantitySnapshotedAt && html`<${Time} at=${invoice.quantitySnapshotedAt}/>`],
            ["Voided", invoice.voidedAt && html`<${Time} at=${invoice.voidedAt}/>`],
            ["Deleted", invoice.deletedAt && html`<${Time} at=${invoice.deletedAt}/>`],
            ["Created", html`<${Time} at=${invoice.createdAt}/>`],
            ["Changed", html`<${Time} at=${invoice.updatedAt}/>`],
            ["Approval", invoicing.autoAdvance ? "automatic" : "by hand"],
            ["Payment", payment.collectionMethod === "send_invoice" ? "the customer pays the invoice" : "charged automatically"],
            ["Id at the payment provider", invoice.externalIds && html`<code>${invoice.externalIds.invoicing}</code>`],
            ["Id", html`<code>${invoice.id}</code>`],
        ]}/><//>
        <${Section} title="Parties"><${Facts} items=${[
            ["Customer", html`<${Party} party=${invoice.customer} link=${href(["customers", invoice.customer.id])}/>`],
            ["Supplier", html`<${Party} party=${invoice.supplier} link=${href(["settings", "profiles", invoice.workflow.sourceBillingProfileId])}/>`],
            ["Tax", taxText(invoice.tax)],
            ["Description", invoice.description],
            ["Metadata", invoice.metadata && Object.entries(invoice.metadata).map(([key, value]) => html`<div>${key}: ${value}</div>`)],
        ]}/><//>
    </div>`;
}

let description = null;

/** The media types of an invoice, as the service describes itself; PDF is an option of its build. Read once. */
async function formsOf() {
    description ??= api.describeApi().catch(error => {
        description = null;
        throw error;
    });
    const {paths} = await description;
    const found = Object.values(paths).map(methods => methods.get).find(operation => operation?.operationId === "getInvoice");
    return Object.keys(found.responses[200].content);
}

const DOCUMENTS = [
    {accept: "application/json", text: "JSON", ending: "json"},
    {accept: "text/csv", text: "CSV", ending: "csv"},
    {accept: "text/html", text: "Printable page", ending: "html"},
    {accept: "application/xml", text: "E-invoice (UBL)", ending: "xml"},
    {accept: "application/pdf", text: "PDF", ending: "pdf"},
];

/** What to do when an e-invoice is refused. */
function Missing({invoice}) {
    return html`<p class="note">An e-invoice needs the fields above, as EN 16931 requires. ${invoice.statusDetails.immutable
        ? "The parties of an issued invoice are final. Complete the customer or the billing profile for the next invoice, or void this invoice and bill its items again."
        : "Complete the fields before the draft is issued."} Edit the${" "}
        <a href=${href(["customers", invoice.customer.id])}>customer</a> and the${" "}
        <a href=${href(["settings", "profiles", invoice.workflow.sourceBillingProfileId])}>billing profile</a>.</p>`;
}

/** The documents that the service has. A page is opened where no key is needed; a tab of its own cannot send one. */
function Documents({invoice}) {
    const forms = useLoad(formsOf, []);
    const fetched = useAction(({accept, ending}) => download("getInvoice", {invoiceId: invoice.id},
        {accept, filename: invoice.number.replace(/[^\w.-]/g, "_") + "." + ending}));
    return html`<${Section} title="Documents" note="All documents are computed from the stored invoice, in the time zone of the customer.">
        <${Loaded} load=${forms}>${accepted => html`<div class="actions">
            ${DOCUMENTS.filter(one => accepted.includes(one.accept)).map(one => one.accept === "text/html" && currentKey() === null
                ? html`<a key=${one.accept} class="button" target="_blank" rel="noopener noreferrer" href=${address("getInvoice", {invoiceId: invoice.id})}>${one.text}</a>`
                : html`<${Button} key=${one.accept} busy=${fetched.running} onClick=${() => fetched.run(one)}>${one.text}<//>`)}
        </div>`}<//>
        <${ErrorNote} error=${fetched.error}/>
        ${fetched.error?.status === 409 && html`<${Missing} invoice=${invoice}/>`}
        <details><summary>Show curl command</summary>
            <${Command} text=${curl("getInvoice", {invoiceId: invoice.id}, {accept: "text/csv"})}/></details>
    <//>`;
}

function Invoice({invoice, act}) {
    const other = Object.keys(invoice.statusDetails.availableActions ?? {}).filter(name => name !== "void" && !Object.hasOwn(ACTIONS, name));
    return html`
        <${ErrorNote} error=${act.error}/>
        ${invoice.validationIssues?.length > 0 && html`<${Section} title="Issues" note="The hand-off to the payment provider is not complete. Correct the cause, then select “Retry”.">
            <${Issues} invoice=${invoice}/><//>`}
        ${other.length > 0 && html`<p class="note">Use the API for further actions: ${other.join(", ")}.</p>`}
        <${About} invoice=${invoice}/>
        <${Section} title="Lines"><${Lines} invoice=${invoice} proof=${line => href(["invoices", invoice.id, "lines", line.id])}/>
            <${Totals} invoice=${invoice}/><//>
        <${Documents} invoice=${invoice}/>`;
}

/** The page of one invoice. A draft is loaded again, because the schedules advance it. */
export function InvoicePage({id}) {
    const [isDraft, setDraft] = useState(false);
    const load = useLoad(async signal => {
        const invoice = await api.getInvoice({invoiceId: id, expand: ["lines", "preceding"], includeDeletedLines: true}, {signal});
        setDraft(invoice.status === "draft");
        return invoice;
    }, [id], {keep: false, every: isDraft ? REFRESH : undefined});
    const act = useAction(async (done, request) => {
        try {
            await request();
            announce(done);
        } finally {
            load.reload(); // Also after a refusal: the state is another one then.
        }
    });
    const invoice = load.data;
    return html`<${Page} title=${invoice?.number ?? "Invoice"} above=${{href: href("invoices"), text: "Invoices"}}
        note=${invoice && html`${invoice.customer.name}, ${format.money(invoice.totals.total, invoice.currency)}`}
        actions=${invoice && html`<${Actions} invoice=${invoice} act=${act}/>`}>
        <${Loaded} load=${load}>${loaded => html`<${Invoice} invoice=${loaded} act=${act}/>`}<//>
    <//>`;
}
