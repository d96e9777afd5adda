// The entitlements of a customer with their balances, and the grants of one of them.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {inTurn, useAction, useLoad} from "../load.js";
import {href, keyOrId} from "../router.js";
import {isQuantity} from "../decimal.js";
import {cadence, entitlementText} from "../prices.js";
import * as format from "../format.js";
import {announce, Badge, Bar, Button, Confirm, Dialog, Empty, ErrorNote, Field, Form, Loaded, Pager, Section, Table, Time} from "../ui.js";

const PAGE_SIZE = 50;
const NEARLY_USED = 0.8;
const EXPIRATIONS = {
    "": {text: "Never"},
    day: {text: "A day", value: {duration: "DAY", count: 1}},
    week: {text: "A week", value: {duration: "WEEK", count: 1}},
    month: {text: "A month", value: {duration: "MONTH", count: 1}},
    quarter: {text: "Three months", value: {duration: "MONTH", count: 3}},
    year: {text: "A year", value: {duration: "YEAR", count: 1}},
};

/** The entitlements with their values, only those of the page: one request for all values is refused if there are very many. */
async function entitlementsOf(customer, page, signal) {
    const of = {customerIdOrKey: customer.id};
    const answer = await api.listEntitlementsV2({...of, page, pageSize: PAGE_SIZE}, {signal});
    const values = await inTurn(answer.items, one =>
        api.getEntitlementValue({...of, entitlementIdOrFeatureKey: one.id}, {signal}));
    return {...answer, items: answer.items.map((entitlement, index) => ({entitlement, value: values[index]}))};
}

function Balance({entitlement, value}) {
    if (entitlement.type !== "metered") {
        return entitlement.type === "static" ? html`<code>${entitlement.config}</code>` : "–";
    }
    const total = Number(value.totalAvailableGrantAmount);
    const share = total > 0 ? Number(value.usage) / total : Number(value.usage) > 0 ? 1 : 0;
    const tone = Number(value.overage) > 0 || share >= 1 ? "bad" : share >= NEARLY_USED ? "warn" : "good";
    return html`<${Bar} value=${Number(value.usage)} max=${total} tone=${tone} label=${"Usage of " + entitlement.featureKey}/>
        <div>${format.quantity(value.usage)} of ${format.quantity(value.totalAvailableGrantAmount)} used, ${format.quantity(value.balance)} left</div>
        <div class="note">Allowance: ${entitlementText(entitlement)}</div>`;
}

function Actions({customer, entitlement, reload}) {
    const [isOpen, setOpen] = useState(false);
    const reset = useAction(async () => {
        await api.resetEntitlementUsage({customerIdOrKey: customer.id, entitlementIdOrFeatureKey: entitlement.id}, {body: {}});
        announce("The usage is reset");
        reload();
    });
    return entitlement.type === "metered" && html`<div class="actions">
        <${Button} onClick=${() => setOpen(true)}>Add grant<//>
        <${Confirm} text="Reset" busy=${reset.running} onConfirm=${reset.run} confirm="Reset usage"
            question=${`End the usage period of ${entitlement.featureKey} now? The next period begins with a usage of 0, the allowance, and the amounts of grants that roll over.`}/>
        <${ErrorNote} error=${reset.error}/>
        <${Grant} customer=${customer} entitlement=${entitlement} isOpen=${isOpen} close=${() => setOpen(false)} reload=${reload}/>
    </div>`;
}

function Grant({customer, entitlement, isOpen, close, reload}) {
    // Not in the form: the request goes on when the form is closed, and a second form must wait for it.
    const grant = useAction(async body => {
        await api.createGrant({customerIdOrKey: customer.id, entitlementIdOrFeatureKey: entitlement.id}, {body});
        announce("The grant is added");
        close();
        reload();
    });
    const leave = () => {
        grant.clear();
        close();
    };
    return html`<${Dialog} title=${"Add grant to " + entitlement.featureKey} open=${isOpen} onClose=${leave}>
        <${GrantForm} grant=${grant} leave=${leave}/>
    <//>`;
}

/** The number of the text with all of its digits, as JSON, where the browser can write it. */
function exactNumber(text) {
    return JSON.rawJSON ? JSON.rawJSON(text) : Number(text);
}

function GrantForm({grant, leave}) {
    const [amount, setAmount] = useState("");
    const [priority, setPriority] = useState("1");
    const [at, setAt] = useState(() => format.toLocal(Date.now()));
    const [expiration, setExpiration] = useState("");
    const [isTried, setTried] = useState(false);
    const isValid = isQuantity(amount) && !/^0\d/.test(amount);
    const submit = () => {
        setTried(true);
        return isValid && grant.run({
            amount: exactNumber(amount), priority: Number(priority), effectiveAt: format.rfc3339(format.fromLocal(at)), expiration: EXPIRATIONS[expiration].value,
        });
    };
    return html`<${Form} label="Grant" onSubmit=${submit}><div class="stack">
        <${Field} label="Amount" value=${amount} onChange=${setAmount} input=${{inputmode: "decimal", required: true}}
            error=${isTried && !isValid ? "Enter a number, such as 500 or 0.5." : undefined}/>
        <${Field} label="Effective" value=${at} onChange=${value => value && setAt(value)} input=${{type: "datetime-local", required: true}} hint=${"In " + format.queryZone()}/>
        <${Field} label="Expires after" value=${expiration} onChange=${setExpiration}
            options=${Object.entries(EXPIRATIONS).map(([value, {text}]) => ({value, text}))}/>
        <${Field} label="Priority" value=${priority} onChange=${setPriority} input=${{type: "number", min: 1, max: 255, required: true}}
            hint="1 to 255. Usage consumes grants with a lower number first."/>
        <${ErrorNote} error=${grant.error}/>
        <div class="actions"><${Button} onClick=${leave}>Cancel<//><${Button} kind="primary" type="submit" busy=${grant.running}>Add<//></div>
    </div><//>`;
}

function statusOf(grant) {
    const now = Date.now();
    return grant.voidedAt && Date.parse(grant.voidedAt) <= now ? "voided"
        : grant.expiresAt && Date.parse(grant.expiresAt) <= now ? "expired"
            : Date.parse(grant.effectiveAt) > now ? "scheduled" : "active";
}

function Grants({customer, feature, route, at}) {
    const page = Math.max(1, Number(route.query.grants) || 1);
    const load = useLoad(signal => api.listGrantsV2({customerIdOrKey: customer.id, entitlementIdOrFeatureKey: feature,
        orderBy: "effectiveAt", order: "DESC", page, pageSize: PAGE_SIZE}, {signal}), [customer.id, feature, page, at]);
    return html`<${Section} title=${"Grants of " + feature}>
        <${Loaded} load=${load} label="Loading the grants">${answer => html`<${Table} caption=${"Grants of " + feature} rows=${answer.items} keyOf=${grant => grant.id}
                empty="No grants. Only the allowance counts."
                columns=${[
                    {title: "Amount", number: true, value: grant => format.quantity(grant.amount)},
                    {title: "Origin", value: grant => html`<span class="nowrap">${grant.annotations?.issueAfterReset ? "Allowance" : "Grant"}</span>`},
                    {title: "Status", value: grant => html`<${Badge} tone=${statusOf(grant) === "active" ? "good" : ""}>${statusOf(grant)}<//>`},
                    {title: "Priority", number: true, value: grant => format.quantity(grant.priority)},
                    {title: "Effective", value: grant => html`<${Time} at=${grant.effectiveAt}/>`},
                    {title: "Recurs", value: grant => grant.recurrence ? html`${cadence(grant.recurrence.intervalISO)}, next <${Time} at=${grant.nextRecurrence}/>` : "–"},
                    {title: "Expires", value: grant => grant.expiresAt ? html`<${Time} at=${grant.expiresAt}/>` : "Never"},
                ]}/>
            <${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount}
                hrefOf=${next => href(["customers", ...route.path], {...route.query, grants: next})}/>`}<//>
    <//>`;
}

/** The tab of entitlements. */
export function Entitlements({customer, route}) {
    const page = Math.max(1, Number(route.query.page) || 1);
    const load = useLoad(signal => entitlementsOf(customer, page, signal), [customer.id, page]);
    const place = more => href(["customers", ...route.path], {tab: "entitlements", page: route.query.page, ...more});
    return html`<${Section} title="Entitlements" note="The access and the balance of the customer, by feature.">
        <${Loaded} load=${load} label="Loading the entitlements">${answer => answer.totalCount === 0
            ? html`<${Empty} title="The customer has no entitlements" text="Subscribe the customer to a plan whose rate cards have entitlement templates, or create an entitlement to a feature."
                curl=${curl("createEntitlement", {customerIdOrKey: keyOrId(customer)}, {body: {
                    type: "metered", featureKey: "tokens", issueAfterReset: 1000, usagePeriod: {interval: "MONTH"}}})}/>`
            : html`<${Table} caption="Entitlements" rows=${answer.items} keyOf=${({entitlement}) => entitlement.id} columns=${[
                    {title: "Feature", value: ({entitlement}) => entitlement.type === "metered"
                        ? html`<a href=${place({feature: entitlement.featureKey})} aria-label=${"Grants of " + entitlement.featureKey}>${entitlement.featureKey}</a>` : entitlement.featureKey},
                    {title: "Access", value: ({value}) => html`<${Badge} tone=${value.hasAccess ? "good" : "bad"}>${value.hasAccess ? "yes" : "no"}<//>`},
                    {title: "Balance", wide: true, value: row => html`<${Balance} ...${row}/>`},
                    {title: "Overage", number: true, value: ({entitlement, value}) => entitlement.type === "metered" ? format.quantity(value.overage) : "–"},
                    {title: "Next reset", value: ({entitlement}) => html`<${Time} at=${entitlement.currentUsagePeriod?.to}/>`},
                    {title: "Actions", value: ({entitlement}) => html`<${Actions} customer=${customer} entitlement=${entitlement} reload=${load.reload}/>`},
                ]}/>
                <${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount} hrefOf=${next => place({page: next})}/>`}<//>
    <//>
    ${route.query.feature && html`<${Grants} customer=${customer} feature=${route.query.feature} route=${route} at=${load.at}/>`}`;
}
