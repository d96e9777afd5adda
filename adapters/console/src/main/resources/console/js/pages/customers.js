// The list of customers, and a form for a new one. The page of one customer is customer.js.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, href, keyOrId, open as openAddress} from "../router.js";
import {useSettled} from "../settled.js";
import * as format from "../format.js";
import {announce, Button, Dialog, Empty, ErrorNote, Field, Form, Loaded, Page, Pager, Table, Time} from "../ui.js";
import {CustomerPage} from "./customer.js";
import {CustomerForm} from "./customer-form.js";

const PAGE_SIZE = 25;
const SEARCHES = {name: "Name", key: "Key", subject: "Subject key", primaryEmail: "E-mail"};

/** The plans as options, one for each key. */
async function planOptions(signal) {
    const {items} = await api.listPlans({status: ["active", "archived"], pageSize: 1000, orderBy: "version"}, {signal});
    const names = new Map(items.map(plan => [plan.key, plan.name]));
    return [...names].map(([value, name]) => ({value, text: name === value ? name : `${name} (${value})`}));
}

function Filters({route, by}) {
    const plans = useLoad(planOptions, []);
    const chosen = route.query.plan ?? "";
    const known = plans.data ?? [];
    const options = chosen && !known.some(one => one.value === chosen) ? [...known, chosen] : known;
    return html`<${Form} label="Filter">
        <${Field} label="Search in" value=${by} options=${Object.entries(SEARCHES).map(([value, text]) => ({value, text}))}
            onChange=${value => change({by: value === "name" ? null : value, page: null})}/>
        <${Field} label="Contains" value=${route.query.q ?? ""} input=${{type: "search"}} onChange=${q => change({q, page: null}, {replace: true})}/>
        <${Field} label="Plan" value=${chosen} options=${[{value: "", text: "All"}, ...options]} onChange=${plan => change({plan, page: null})}/>
    <//><${ErrorNote} error=${plans.error} retry=${plans.reload}/>`;
}

function PlanOf({customer}) {
    const subscription = (customer.subscriptions ?? []).find(one => one.id === customer.currentSubscriptionId) ?? customer.subscriptions?.[0];
    if (!subscription) {
        return "–";
    }
    return subscription.plan ? html`<a href=${href(["plans", subscription.plan.id])}>${subscription.plan.key}</a>` : html`${subscription.name} (custom)`;
}

function Customers({answer, route}) {
    return html`<${Table} caption="Customers" rows=${answer.items} keyOf=${customer => customer.id}
            empty="No customer matches this search. Search for a part of the text, or choose another plan."
            columns=${[
                {title: "Name", wide: true, value: customer => html`<a href=${href(["customers", keyOrId(customer)])}>${customer.name}</a>`},
                {title: "Key", value: customer => customer.key ? html`<code>${customer.key}</code>` : "–"},
                {title: "Subject keys", value: customer => html`<code>${shortened(customer.usageAttribution?.subjectKeys ?? [])}</code>`},
                {title: "Plan", value: customer => html`<${PlanOf} customer=${customer}/>`},
                {title: "Currency", value: customer => customer.currency ?? "–"},
                {title: "Created", value: customer => html`<${Time} at=${customer.createdAt} ago=${true}/>`},
            ]}/>
        <${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount} hrefOf=${page => href("customers", {...route.query, page})}/>`;
}

function shortened(keys) {
    return keys.length === 0 ? "–" : keys.slice(0, 3).join(", ") + (keys.length > 3 ? ` and ${format.quantity(keys.length - 3)} more` : "");
}

function Create({isOpen, close}) {
    const create = useAction(async body => {
        const customer = await api.createCustomer({}, {body});
        announce("The customer is created");
        openAddress(href(["customers", keyOrId(customer)]));
    });
    const leave = () => {
        create.clear();
        close();
    };
    return html`<${Dialog} title="Create customer" open=${isOpen} onClose=${leave}>
        <${CustomerForm} customer=${{}} text="Create" busy=${create.running} error=${create.error} onSave=${create.run} onCancel=${leave}/>
    <//>`;
}

function List({route}) {
    const [isOpen, setOpen] = useState(false);
    const by = Object.hasOwn(SEARCHES, route.query.by ?? "") ? route.query.by : "name";
    const text = useSettled(route.query.q ?? "");
    const {plan} = route.query;
    const page = Math.max(1, Number(route.query.page) || 1);
    const load = useLoad(signal => api.listCustomers(
        {[by]: text, planKey: plan, page, pageSize: PAGE_SIZE, expand: "subscriptions", orderBy: "name"}, {signal}), [by, text, plan, page]);
    const isFiltered = text !== "" || plan || page > 1;
    return html`<${Page} title="Customers" note="A customer pays for the usage of its subject keys."
        actions=${html`<${Button} kind="primary" onClick=${() => setOpen(true)}>Create customer<//>`}>
        <${Filters} route=${route} by=${by}/>
        <${Loaded} load=${load} label="Loading the customers">${answer => answer.totalCount === 0 && !isFiltered
            ? html`<${Empty} title="There are no customers yet" text="Create a customer with the subjects of its events."
                curl=${curl("createCustomer", {}, {body: {name: "Acme", key: "acme", usageAttribution: {subjectKeys: ["acme-eu"]}}})}><${Button} onClick=${load.reload}>Check again<//><//>`
            : html`<${Customers} answer=${answer} route=${route}/>`}<//>
        <${Create} isOpen=${isOpen} close=${() => setOpen(false)}/>
    <//>`;
}

export default function CustomersPage({route}) {
    return route.path.length > 0
        ? html`<${CustomerPage} route=${route} key=${route.path[0]}/>`
        : html`<${List} route=${route}/>`;
}
