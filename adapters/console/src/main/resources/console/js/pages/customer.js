// The page of one customer: usage, entitlements, subscription, invoices and details, as tabs.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, href, keyOrId, open as openAddress} from "../router.js";
import {Chart} from "../chart.js";
import {endOfMinute, RANGES, seriesOf} from "../usage.js";
import * as format from "../format.js";
import {announce, Badge, Button, Confirm, Dialog, Empty, ErrorNote, Facts, Field, Form, Loaded, Page, Section, Tabs, Time} from "../ui.js";
import {CustomerForm, writable} from "./customer-form.js";
import {Entitlements} from "./customer-entitlements.js";
import {Subscriptions} from "./customer-subscription.js";
import {Invoices} from "./customer-invoices.js";

const SIZES = ["HOUR", "DAY", "MONTH"];

/** The range of the address: from the start of a day, or of an hour, to the end of this minute. */
function rangeOf(route) {
    const range = RANGES[route.query.range] ?? RANGES["30d"];
    const windowSize = SIZES.includes(route.query.windowSize) ? route.query.windowSize : range.windowSize;
    const to = endOfMinute();
    const from = windowSize === "HOUR" ? to - range.days * 86_400_000 : format.startOfDay(to, 1 - range.days);
    return {from, to, windowSize, timeZone: format.queryZone()};
}

async function usageOf(meter, customer, {from, to, windowSize, timeZone}, signal) {
    const all = {from: format.rfc3339(from), to: format.rfc3339(to), filterCustomerId: [customer.id]};
    const [windows, total] = await Promise.all([
        api.queryUsage({meterIdOrSlug: meter.slug}, {body: {...all, windowSize, windowTimeZone: timeZone}, signal}),
        api.queryUsage({meterIdOrSlug: meter.slug}, {body: all, signal}),
    ]);
    return {rows: windows.data, total: total.data[0]?.value ?? null, range: {from, to, windowSize, timeZone}};
}

/** An example of data with a value at the path, where the path consists of names. */
function dataWith(path) {
    return /^\$(\.\w+)+$/.test(path ?? "") ? path.split(".").slice(1).reduceRight((value, name) => ({[name]: value}), 1) : {};
}

function NoUsage({meter, customer}) {
    const subjects = [...new Set([customer.key, ...(customer.usageAttribution?.subjectKeys ?? [])].filter(Boolean))];
    const event = {specversion: "1.0", id: "1", source: "my-app", type: meter.eventType, subject: subjects[0],
        data: dataWith(meter.valueProperty)};
    return html`<${Empty} title="No usage in this range" text=${`An event of the type ${meter.eventType} is usage of this customer if its subject is ${subjects.slice(0, 5).join(", or ")}.`}
        curl=${curl("ingestEvents", {}, {type: "application/cloudevents+json", body: event})}/>`;
}

function UsageOf({meter, customer, route}) {
    const asked = rangeOf(route);
    const load = useLoad(signal => usageOf(meter, customer, asked, signal), [meter.id, customer.id, route.query.range, asked.windowSize]);
    return html`<${Loaded} load=${load} label="Loading the usage">${({rows, total, range}) => {
        if (rows.length === 0) {
            return html`<${NoUsage} meter=${meter} customer=${customer}/>`;
        }
        return html`<p><span class="figure">${format.quantity(total)}</span>${" "}<span class="note">${format.minute(range.from)} to ${format.minute(range.to)}, ${range.timeZone}</span></p>
            <${Chart} title=${`${meter.name} of ${customer.name}`} windowSize=${range.windowSize}
                series=${seriesOf(rows, range, meter, () => meter.name).shown}/>`;
    }}<//>`;
}

function Usage({customer, route}) {
    const load = useLoad(signal => api.listMeters({orderBy: "name"}, {signal}), []);
    return html`<${Loaded} load=${load} label="Loading the meters">${meters => {
        const meter = meters.find(one => one.slug === route.query.meter) ?? meters[0];
        if (!meter) {
            return html`<${Empty} title="There are no meters yet" text="A meter turns events of one type into a number. Create one:"
                curl=${curl("createMeter", {}, {body: {slug: "api_calls", aggregation: "COUNT", eventType: "api-call"}})}/>`;
        }
        return html`<${Form} label="Query">
                <${Field} label="Meter" value=${meter.slug} options=${meters.map(one => ({value: one.slug, text: one.name}))} onChange=${slug => change({meter: slug})}/>
                <${Field} label="Range" value=${RANGES[route.query.range] ? route.query.range : "30d"} onChange=${range => change({range, windowSize: null})}
                    options=${Object.entries(RANGES).map(([value, {text}]) => ({value, text}))}/>
                <${Field} label="Window" value=${rangeOf(route).windowSize} onChange=${windowSize => change({windowSize})}
                    options=${SIZES.map(value => ({value, text: value[0] + value.slice(1).toLowerCase()}))}/>
            <//>
            <${Section} title=${"Usage of " + meter.name} actions=${html`<a href=${href(["meters", meter.slug])}>Open meter</a>`}>
                <${UsageOf} meter=${meter} customer=${customer} route=${route} key=${meter.id}/>
            <//>`;
    }}<//>`;
}

function addressText(address) {
    return address && [address.line1, address.line2, [address.postalCode, address.city].filter(Boolean).join(" "), address.state, address.country]
        .filter(Boolean).map(line => html`<div>${line}</div>`);
}

function Details({customer}) {
    const remove = useAction(async () => {
        await api.deleteCustomer({customerIdOrKey: customer.id});
        announce("The customer is deleted");
        openAddress(href("customers"));
    });
    return html`<${Section} title="Details" actions=${!customer.deletedAt && html`<${Confirm} text="Delete customer" busy=${remove.running} onConfirm=${remove.run}
            question=${`Delete ${customer.name}? Its entitlements are deleted too. Its usage then belongs to no customer. A customer with a subscription that has not ended cannot be deleted.`}/>`}>
        <${ErrorNote} error=${remove.error}/>
        <${Facts} items=${[
            ["Name", customer.name],
            ["Key", customer.key && html`<code>${customer.key}</code>`],
            ["Subject keys", customer.usageAttribution?.subjectKeys?.map(key => html`<div><code>${key}</code></div>`)],
            ["E-mail", customer.primaryEmail],
            ["Currency", customer.currency],
            ["Time zone of billing periods", customer.timeZone ?? "UTC"],
            ["Tax id", customer.taxId?.code],
            ["Billing address", addressText(customer.billingAddress)],
            ["Description", customer.description],
            ["Metadata", customer.metadata && Object.entries(customer.metadata).map(([key, value]) => html`<div>${key}: ${value}</div>`)],
            ["Created", html`<${Time} at=${customer.createdAt}/>`],
            ["Deleted", customer.deletedAt && html`<${Time} at=${customer.deletedAt}/>`],
            ["Id", html`<code>${customer.id}</code>`],
        ]}/>
    <//>`;
}

/** Changes the members that were edited, of the customer as it is now, so that other changes since are kept. */
function Edit({customer, isOpen, close, reload}) {
    const save = useAction(async changes => {
        const latest = await api.getCustomer({customerIdOrKey: customer.id});
        const saved = await api.updateCustomer({customerIdOrKey: customer.id}, {body: writable({...latest, ...changes})});
        announce("The customer is saved");
        close();
        const place = keyOrId(saved);
        if (place !== keyOrId(customer)) {
            openAddress(href(["customers", place]), {replace: true});
        }
        reload();
    });
    const leave = () => {
        save.clear();
        close();
    };
    return html`<${Dialog} title="Edit customer" open=${isOpen} onClose=${leave}>
        <${CustomerForm} customer=${customer} text="Save" busy=${save.running} error=${save.error} onSave=${save.run} onCancel=${leave}/>
    <//>`;
}

const TABS = {
    usage: {text: "Usage", view: Usage},
    entitlements: {text: "Entitlements", view: Entitlements},
    subscription: {text: "Subscription", view: Subscriptions},
    invoices: {text: "Invoices", view: Invoices},
    details: {text: "Details", view: Details},
};

function Customer({customer, route, place}) {
    // The API returns neither usage nor entitlements of a deleted customer.
    const tabs = Object.entries(TABS).filter(([id]) => !customer.deletedAt || id !== "usage" && id !== "entitlements");
    const first = customer.deletedAt ? "details" : "usage";
    const current = tabs.some(([id]) => id === route.query.tab) ? route.query.tab : first;
    const View = TABS[current].view;
    return html`<${Tabs} label="Parts of the customer" current=${current}
            tabs=${tabs.map(([id, {text}]) => ({id, text, href: href(["customers", place], {tab: id === first ? null : id})}))}/>
        <${View} customer=${customer} route=${route} key=${current}/>`;
}

/** The page of one customer. */
export function CustomerPage({route}) {
    const [isEdited, setEdited] = useState(false);
    const place = route.path[0];
    const load = useLoad(signal => api.getCustomer({customerIdOrKey: place}, {signal}), [place], {keep: false});
    const customer = load.data;
    return html`<${Page} title=${customer?.name ?? place} above=${{href: href("customers"), text: "Customers"}}
            note=${customer && html`${customer.deletedAt && html`<${Badge} tone="bad">deleted<//> `}${[customer.key, customer.primaryEmail].filter(Boolean).join(" · ")}`}
            actions=${customer && !customer.deletedAt && html`<${Button} onClick=${() => setEdited(true)}>Edit<//>`}>
        <${Loaded} load=${load} label="Loading the customer">${loaded => html`<${Customer} customer=${loaded} route=${route} place=${place}/>
            <${Edit} customer=${loaded} isOpen=${isEdited} close=${() => setEdited(false)} reload=${load.reload}/>`}<//>
    <//>`;
}
