// The subscriptions of a customer: phases and items of one, its cancelation, and a form to subscribe.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {href, open as openAddress} from "../router.js";
import {cadence, entitlementText, Price} from "../prices.js";
import * as format from "../format.js";
import {announce, Badge, Button, Command, Confirm, Dialog, Empty, ErrorNote, Facts, Field, Form, Loaded, Pager, Section, Table, Time} from "../ui.js";

const PAGE_SIZE = 20;
const TONES = {active: "good", canceled: "warn", scheduled: "warn"};

async function subscriptionsOf(customer, chosen, page, signal) {
    const answer = await api.listCustomerSubscriptions(
        {customerIdOrKey: customer.id, orderBy: "activeFrom", order: "DESC", page, pageSize: PAGE_SIZE}, {signal});
    const current = answer.items.find(one => one.status === "active" || one.status === "canceled");
    const id = chosen ?? current?.id ?? answer.items[0]?.id;
    const shown = id && await api.getSubscription({subscriptionId: id}, {signal});
    if (shown && shown.customerId !== customer.id) {
        throw new Error("The subscription of this address belongs to another customer.");
    }
    return {...answer, current, shown};
}

function Status({status}) {
    return html`<${Badge} tone=${TONES[status] ?? ""}>${status}<//>`;
}

function Period({from, to}) {
    return html`<${Time} at=${from}/>${to ? html` to <${Time} at=${to}/>` : ", without an end"}`;
}

function phaseState(phase) {
    const now = Date.now();
    return phase.activeTo && Date.parse(phase.activeTo) <= now ? "past" : Date.parse(phase.activeFrom) > now ? "later" : "current";
}

function Phase({phase, currency}) {
    const state = phaseState(phase);
    return html`<h3>${phase.name}${" "}<${Badge} tone=${state === "current" ? "good" : ""}>${state}<//></h3>
        <p class="note"><${Period} from=${phase.activeFrom} to=${phase.activeTo}/></p>
        <${Table} caption=${"Items of the phase " + phase.name} rows=${phase.items} keyOf=${item => item.id} empty="The phase has no items at this time."
            columns=${[
                {title: "Item", value: item => item.name},
                {title: "Feature", value: item => item.featureKey ? html`<code>${item.featureKey}</code>` : "–"},
                {title: "Price", wide: true, value: item => html`<${Price} price=${item.price} discounts=${item.discounts} currency=${currency}/>`},
                {title: "Charged", value: item => item.price ? cadence(item.billingCadence) : "–"},
                {title: "Entitlement", value: item => entitlementText(item.included?.entitlement)},
            ]}/>`;
}

function Cancel({subscription, reload}) {
    const [isOpen, setOpen] = useState(false);
    const [timing, setTiming] = useState("next_billing_cycle");
    const end = subscription.alignment?.currentAlignedBillingPeriod?.to;
    const cancel = useAction(async () => {
        await api.cancelSubscription({subscriptionId: subscription.id}, {body: {timing}});
        announce("The subscription is canceled");
        setOpen(false);
        reload();
    });
    const leave = () => {
        cancel.clear();
        setOpen(false);
    };
    return html`<${Button} kind="danger" onClick=${() => setOpen(true)}>Cancel subscription<//>
        <${Dialog} title="Cancel subscription" open=${isOpen} onClose=${leave}>
            <p>The customer is not charged for later periods. The entitlements of the subscription end with it.</p>
            <${Field} label="End" value=${timing} onChange=${setTiming} options=${[
                {value: "next_billing_cycle", text: "At the end of the billing period" + (end ? ", " + format.minute(end) : "")},
                {value: "immediate", text: "Now"}]}/>
            <${ErrorNote} error=${cancel.error}/>
            <div class="actions"><${Button} onClick=${leave}>Keep subscription<//>
                <${Button} kind="danger" busy=${cancel.running} onClick=${cancel.run}>Cancel ${timing === "immediate" ? "now" : "at period end"}<//></div>
        <//>`;
}

function Actions({subscription, reload}) {
    const change = useAction(async (route, text) => {
        await api[route]({subscriptionId: subscription.id}, route === "deleteSubscription" ? {} : {body: {}});
        announce(text);
        reload(route === "deleteSubscription");
    });
    const actions = {
        active: () => html`<${Cancel} subscription=${subscription} reload=${reload}/>`,
        canceled: () => html`<${Button} busy=${change.running} onClick=${() => change.run("unscheduleCancelation", "The subscription continues")}>Undo cancelation<//>`,
        scheduled: () => html`<${Confirm} text="Delete subscription" busy=${change.running} question="Delete this subscription, which has not started?"
            onConfirm=${() => change.run("deleteSubscription", "The subscription is deleted")}/>`,
    };
    return html`${actions[subscription.status]?.()}<${ErrorNote} error=${change.error}/>`;
}

/** Changes for which there are no forms. */
function OtherChanges({subscription}) {
    const of = {subscriptionId: subscription.id};
    return html`<details><summary>Change the plan with the API</summary><div class="stack">
        ${subscription.plan && html`<p>Move to the active version of the same plan now:</p><${Command} text=${curl("migrateSubscription", of, {body: {}})}/>`}
        <p>Change to another plan at the end of the billing period. Replace <code>PLAN_KEY</code>:</p>
        <${Command} text=${curl("changeSubscription", of, {body: {timing: "next_billing_cycle", plan: {key: "PLAN_KEY"}}})}/>
        <p class="note">Both end this subscription and start its successor. <a href="api.html">The API</a> describes all options.</p></div></details>`;
}

function Subscription({subscription, reload}) {
    const period = subscription.alignment?.currentAlignedBillingPeriod;
    return html`<${Section} title=${subscription.name} actions=${html`<${Actions} subscription=${subscription} reload=${reload}/>`}>
        <${Facts} items=${[
            ["Status", html`<${Status} status=${subscription.status}/>`],
            ["Plan", subscription.plan ? html`<a href=${href(["plans", subscription.plan.id])}>${subscription.plan.key}, version ${subscription.plan.version}</a>` : "Custom"],
            ["Time", html`<${Period} from=${subscription.activeFrom} to=${subscription.activeTo}/>`],
            ["Billed", `${cadence(subscription.billingCadence)} in ${subscription.currency}`],
            ["Billing period", period && html`<${Period} ...${period}/>`],
            ["Billing anchor", html`<${Time} at=${subscription.billingAnchor}/>`],
            ["Proration", subscription.proRatingConfig && (subscription.proRatingConfig.enabled ? "Fees are prorated" : "Fees are not prorated")],
            ["Description", subscription.description],
            ["Metadata", subscription.metadata && Object.entries(subscription.metadata).map(([key, value]) => html`<div>${key}: ${value}</div>`)],
            ["Created", html`<${Time} at=${subscription.createdAt}/>`],
            ["Id", html`<code>${subscription.id}</code>`],
        ]}/>
        ${subscription.phases.map(phase => html`<${Phase} key=${phase.id} phase=${phase} currency=${subscription.currency}/>`)}
        ${subscription.status === "active" && html`<${OtherChanges} subscription=${subscription}/>`}
    <//>`;
}

/** When the subscription may start: now, when the present one ends, or at a time. */
function startOptions(current) {
    return [
        ...(current?.status === "canceled" ? [{value: "end", text: "When the current subscription ends"}] : [{value: "immediate", text: "Now"}]),
        {value: "time", text: "At a specific time"},
    ];
}

function SubscribeForm({customer, plans, current, reload}) {
    const [id, setId] = useState(plans[0].id);
    const [phase, setPhase] = useState("");
    const [start, setStart] = useState(() => startOptions(current)[0].value);
    const [at, setAt] = useState(() => format.toLocal(format.startOfDay(Date.now(), 1)));
    const plan = plans.find(one => one.id === id) ?? plans[0];
    const subscribe = useAction(async () => {
        const timing = start === "time" ? format.rfc3339(format.fromLocal(at)) : start === "end" ? current.activeTo : "immediate";
        await api.createSubscription({}, {body: {customerId: customer.id, plan: {key: plan.key}, timing, startingPhase: phase || undefined}});
        announce("The customer is subscribed");
        reload(true);
    });
    return html`<${Form} label="Subscribe" onSubmit=${subscribe.run}>
        <${Field} label="Plan" value=${plan.id} options=${plans.map(one => ({value: one.id, text: `${one.name} (${one.key}), ${one.currency}`}))}
            onChange=${value => { setId(value); setPhase(""); }}/>
        ${plan.phases.length > 1 && html`<${Field} label="First phase" value=${phase} onChange=${setPhase}
            options=${plan.phases.map((one, index) => ({value: index === 0 ? "" : one.key, text: one.name}))}/>`}
        <${Field} label="Start" value=${start} onChange=${setStart} options=${startOptions(current)}/>
        ${start === "time" && html`<${Field} label="Time" value=${at} onChange=${value => value && setAt(value)} input=${{type: "datetime-local"}}/>`}
        <${Button} kind="primary" type="submit" busy=${subscribe.running}>Subscribe<//>
        <${ErrorNote} error=${subscribe.error}/>
    <//>`;
}

function Subscribe({customer, current, reload}) {
    const load = useLoad(signal => api.listPlans({status: "active", pageSize: 1000, orderBy: "key"}, {signal}), []);
    return html`<${Section} title="Subscribe to a plan" note="A customer has one subscription at a time.">
        <${Loaded} load=${load} label="Loading the plans">${({items}) => items.length === 0
            ? html`<${Empty} title="There are no active plans" text=${html`Create a plan, and publish it under <a href=${href("plans")}>Plans</a>.`}/>`
            : html`<${SubscribeForm} customer=${customer} plans=${items} current=${current} reload=${reload}/>`}<//>
    <//>`;
}

/** The tab of subscriptions. */
export function Subscriptions({customer, route}) {
    const page = Math.max(1, Number(route.query.page) || 1);
    const chosen = route.query.subscription;
    const load = useLoad(signal => subscriptionsOf(customer, chosen, page, signal), [customer.id, chosen, page]);
    const place = more => href(["customers", ...route.path], {tab: "subscription", ...more});
    // The one that was shown may no longer exist, or be another one now.
    const reload = isAnother => isAnother && chosen ? openAddress(place({}), {replace: true}) : load.reload();
    return html`<${Loaded} load=${load} label="Loading the subscriptions">${({items, current, shown, ...answer}) => html`
        ${shown && html`<${Subscription} key=${shown.id} subscription=${shown} reload=${reload}/>`}
        ${page === 1 && !customer.deletedAt && !items.some(one => one.status === "active" || one.status === "scheduled")
            && html`<${Subscribe} customer=${customer} current=${current} reload=${reload}/>`}
        ${answer.totalCount > 1 && html`<${Section} title="All subscriptions"><${Table} caption="All subscriptions" rows=${items} keyOf=${one => one.id} columns=${[
                {title: "Plan", wide: true, value: one => html`<a href=${place({subscription: one.id, page: route.query.page})}>${one.name}</a>`},
                {title: "Version", number: true, value: one => one.plan ? format.quantity(one.plan.version) : "custom"},
                {title: "Status", value: one => html`<${Status} status=${one.status}/>`},
                {title: "From", value: one => html`<${Time} at=${one.activeFrom}/>`},
                {title: "To", value: one => html`<${Time} at=${one.activeTo}/>`},
            ]}/>
            <${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount} hrefOf=${next => place({page: next})}/><//>`}`}<//>`;
}
