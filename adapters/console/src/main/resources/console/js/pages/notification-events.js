// Notification events: the payload, and the attempts to deliver it to each channel.
import {html, useEffect, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, href} from "../router.js";
import {RULE_TYPES, typeName} from "../rule-types.js";
import * as format from "../format.js";
import {announce, Badge, Button, Check, DeliveryState, Dialog, Empty, ErrorNote, Facts, Field, Form, Json, Loaded, Page, Pager, Section, Table, Time} from "../ui.js";

const STATES = ["PENDING", "SENDING", "RESENDING", "SUCCESS", "FAILED"];
const OPEN = ["PENDING", "SENDING", "RESENDING"];
const PER_PAGE = 50;
const PER_SCAN = 100;
const MAX_SCANS = 5;
const ENOUGH = 20;
const MAX_NAMES = 1000;
const NO_NAMES = {channels: new Map(), rules: new Map()};
const FIELDS = ["type", "status", "feature", "subject", "rule", "channel", "from", "to"];

/** Whether a delivery is due within seconds, so that the state changes soon. */
export function isMoving(event) {
    return event?.deliveryStatus.some(({state, nextAttempt}) =>
        OPEN.includes(state) && (!nextAttempt || Date.parse(nextAttempt) < Date.now() + 30_000));
}

/** All channels and rules by their ids, also deleted ones, for their names. */
export async function namesOf(signal) {
    const all = {includeDeleted: true, includeDisabled: true, pageSize: MAX_NAMES, order: "DESC"};
    const [channels, rules] = await Promise.all([
        api.listNotificationChannels(all, {signal}), api.listNotificationRules(all, {signal})]);
    const byId = page => new Map(page.items.map(one => [one.id, one]));
    return {channels: byId(channels), rules: byId(rules)};
}

/** The subject of a payload: a key, or the customer of an invoice. */
function subjectOf({data}) {
    return data?.subject?.key ?? data?.customer?.key ?? data?.customer?.name ?? "–";
}

function factOf({type, data}) {
    if (type.startsWith("invoice.")) {
        return data?.number ?? data?.id ?? "–";
    }
    return data?.feature?.key ?? data?.meter?.slug ?? "–";
}

/** A page of events. The API does not filter by type and by state, so several pages are read for these filters. */
async function read(query, {start, signal}) {
    const time = name => format.parsed(query[name]) === undefined ? undefined : format.rfc3339(format.parsed(query[name]));
    const filters = {from: time("from"), to: time("to"), feature: query.feature, subject: query.subject, rule: query.rule, channel: query.channel};
    const isScan = Boolean(query.type || query.status);
    if (!isScan) {
        const page = Math.max(1, Number(query.page) || 1);
        return {...await api.listNotificationEvents({...filters, page, pageSize: PER_PAGE}, {signal}), isScan};
    }
    const answer = {items: [], read: 0, next: start, isScan};
    for (let scan = 0; scan < MAX_SCANS && answer.next && answer.items.length < ENOUGH; scan++) {
        const page = await api.listNotificationEvents({...filters, page: answer.next, pageSize: PER_SCAN}, {signal});
        answer.read += page.items.length;
        const known = new Set(answer.items.map(event => event.id));
        answer.items.push(...page.items.filter(event => !known.has(event.id) && (!query.type || event.type === query.type)
            && (!query.status || event.deliveryStatus.some(({state}) => state === query.status))));
        answer.next = answer.read + (start - 1) * PER_SCAN < page.totalCount && page.items.length > 0 ? answer.next + 1 : null;
    }
    return answer;
}

function valuesOf(query) {
    const local = text => format.parsed(text) === undefined ? "" : format.toLocal(format.parsed(text));
    return {...Object.fromEntries(FIELDS.map(name => [name, query[name] ?? ""])), from: local(query.from), to: local(query.to)};
}

function Filters({query, names}) {
    const [values, setValues] = useState(valuesOf(query));
    useEffect(() => setValues(valuesOf(query)), [JSON.stringify(valuesOf(query))]);
    const time = text => text && format.rfc3339(format.fromLocal(text));
    const apply = changes => {
        const next = {...values, ...changes};
        change({...next, from: time(next.from), to: time(next.to), page: null, start: null});
    };
    const text = name => ({value: values[name], onChange: value => setValues(before => ({...before, [name]: value}))});
    const choice = name => ({value: values[name], onChange: value => apply({[name]: value})});
    const named = all => [{value: "", text: "All"}, ...[...all.values()].map(one => ({value: one.id, text: one.name + (one.deletedAt ? " (deleted)" : "")}))];
    return html`<${Form} label="Filters" onSubmit=${() => apply({})}>
        <${Field} label="Type" ...${choice("type")} options=${[{value: "", text: "All"}, ...Object.entries(RULE_TYPES).map(([value, name]) => ({value, text: name}))]}/>
        <${Field} label="Delivery" ...${choice("status")} options=${[{value: "", text: "All"}, ...STATES]}/>
        <${Field} label="Rule" ...${choice("rule")} options=${named(names.rules)}/>
        <${Field} label="Channel" ...${choice("channel")} options=${named(names.channels)}/>
        <${Field} label="Feature" ...${text("feature")} input=${{placeholder: "key or id"}}/>
        <${Field} label="Subject" ...${text("subject")}/>
        <${Field} label="From" ...${text("from")} input=${{type: "datetime-local"}}/>
        <${Field} label="To" ...${text("to")} input=${{type: "datetime-local"}}/>
        <${Button} kind="primary" type="submit">Apply filters<//>
        ${FIELDS.some(name => query[name]) && html`<a class="button" href=${href("notifications", {tab: "events"})}>Clear filters</a>`}
    <//>`;
}

/** The deliveries of an event, one line for each channel. */
function Deliveries({event, names}) {
    return event.deliveryStatus.map(({channel, state, reason, nextAttempt}) => html`<div>
        <${DeliveryState} state=${state}/> ${names.channels.get(channel.id)?.name ?? channel.type}
        ${reason && html`<div class="hint">${reason}</div>`}
        ${nextAttempt && OPEN.includes(state) && html`<div class="hint">Next attempt <${Time} at=${nextAttempt} ago=${true}/></div>`}</div>`);
}

function empty(query, names) {
    if (FIELDS.some(name => query[name])) {
        return "No event matches these filters. Remove one, or choose a longer range.";
    }
    return names.rules.size > 0
        ? html`<${Empty} title="No rule has raised an event yet" text=${html`Open a <a href=${href("notifications", {tab: "rules"})}>rule</a> to send a test event.`}/>`
        : html`<${Empty} title="There are no rules yet" text="Create a channel, then a rule that delivers its events to the channel."
            curl=${curl("createNotificationChannel", {}, {body: {type: "EMAIL", name: "ops", to: ["ops@example.com"]}})}>
            <a class="button primary" href=${href(["notifications", "channels", "new"])}>Create channel</a><//>`;
}

export function EventList({route: {query}}) {
    const start = Math.max(1, Number(query.start) || 1);
    const [moving, setMoving] = useState(false);
    const load = useLoad(async signal => {
        const answer = await read(query, {start, signal});
        setMoving(answer.items.some(isMoving));
        return answer;
    }, [JSON.stringify(query)], {every: moving && !query.type && !query.status ? 2000 : 10_000});
    const all = useLoad(namesOf, []);
    const names = all.data ?? NO_NAMES;
    return html`<${Loaded} load=${load} label="Loading the events">${answer => html`
        <${Filters} query=${query} names=${names}/>
        <${Table} caption="Notification events" rows=${answer.items} keyOf=${event => event.id} empty=${all.loading ? "" : empty(query, names)} columns=${[
            {title: "Raised", value: event => html`<a href=${href(["notifications", "events", event.id])}><${Time} at=${event.createdAt}/></a>`},
            {title: "Rule", wide: true, value: event => html`${event.rule.name} ${event.payload.data?.test && html`<${Badge}>test<//>`}<div class="hint">${typeName(event.type)}</div>`},
            {title: "Feature, meter or invoice", value: event => factOf(event.payload)},
            {title: "Subject", value: event => subjectOf(event.payload)},
            {title: "Deliveries", wide: true, value: event => html`<${Deliveries} event=${event} names=${names}/>`},
        ]}/>
        ${answer.isScan ? html`<div class="actions">
                ${start > 1 && html`<a class="button small" href=${href("notifications", {...query, start: null})}>Newest events</a>`}
                ${answer.next && html`<a class="button small" href=${href("notifications", {...query, start: answer.next})}>Search older events</a>`}
                <span class="note">${format.quantity(answer.items.length)} of ${format.quantity(answer.read)} events that were read match. ${!answer.next && "There are no older events."}</span></div>`
            : html`<${Pager} page=${answer.page} pageSize=${answer.pageSize} total=${answer.totalCount} hrefOf=${page => href("notifications", {...query, page})}/>`}`}<//>`;
}

/** Asks for the channels, and delivers the event again. */
function Resend({event, names, onSent}) {
    const [open, setOpen] = useState(false);
    const [left, setLeft] = useState([]);
    const ids = event.deliveryStatus.map(({channel}) => channel.id);
    const chosen = ids.filter(id => !left.includes(id));
    const resend = useAction(async () => {
        await api.resendNotificationEvent({eventId: event.id}, {body: {channels: chosen}});
        setOpen(false);
        announce("The event is delivered again");
        onSent();
    });
    return html`<${Button} onClick=${() => { resend.clear(); setOpen(true); }}>Resend<//>
        <${Dialog} title="Resend" open=${open} onClose=${() => setOpen(false)}>
            <p>The event is delivered again, with the same id. Receivers that deduplicate by the id ignore it.</p>
            <fieldset><legend>Channels</legend>${event.deliveryStatus.map(({channel, state}) => html`<${Check} key=${channel.id}
                label=${`${names.channels.get(channel.id)?.name ?? channel.id} (${channel.type}, ${state})`} checked=${!left.includes(channel.id)}
                onChange=${checked => setLeft(before => checked ? before.filter(id => id !== channel.id) : [...before, channel.id])}/>`)}</fieldset>
            <${ErrorNote} error=${resend.error}/>
            <div class="actions"><${Button} onClick=${() => setOpen(false)}>Cancel<//>
                <${Button} kind="primary" busy=${resend.running} disabled=${chosen.length === 0} onClick=${resend.run}>Resend to ${chosen.length === 1 ? "1 channel" : `${chosen.length} channels`}<//></div>
        <//>`;
}

function Delivery({status, name}) {
    const {channel, state, reason, nextAttempt, attempts} = status;
    return html`<${Section} title=${"Delivery to " + name} actions=${html`<${DeliveryState} state=${state}/>`}>
        <${Facts} items=${[
            ["Channel", html`<a href=${href(["notifications", "channels", channel.id])}>${name}</a> (${channel.type})`],
            ["Reason", reason],
            ["Next attempt", nextAttempt && OPEN.includes(state) && html`<${Time} at=${nextAttempt}/> (${format.ago(nextAttempt)})`],
        ].filter(([, value]) => value)}/>
        <${Table} caption=${"Attempts to deliver to " + name} rows=${attempts.map((attempt, index) => ({...attempt, number: index + 1})).reverse()} keyOf=${attempt => attempt.number}
            empty="There are no attempts yet." columns=${[
                {title: "Attempt", number: true, value: attempt => format.quantity(attempt.number)},
                {title: "Time", value: attempt => html`<${Time} at=${attempt.timestamp}/>`},
                {title: "Result", value: attempt => html`<${DeliveryState} state=${attempt.state}/>`},
                {title: "Status", number: true, value: attempt => attempt.response.statusCode ?? "–"},
                {title: "Duration", number: true, value: attempt => format.quantity(attempt.response.durationMs) + " ms"},
                {title: "Response", wide: true, value: attempt => html`<div>${attempt.response.body || "–"}</div><div class="hint">${attempt.response.url}</div>`},
            ]}/>
    <//>`;
}

/** The deliveries of one event, read again while one of them is due soon. */
export function DeliveriesOf({event, names}) {
    return event.deliveryStatus.map(status => html`<${Delivery} key=${status.channel.id} status=${status}
        name=${names.channels.get(status.channel.id)?.name ?? status.channel.id}/>`);
}

export function EventPage({id, above}) {
    const [moving, setMoving] = useState(true);
    const names = useLoad(namesOf, []);
    const load = useLoad(async signal => {
        const event = await api.getNotificationEvent({eventId: id}, {signal, verbatim: true});
        setMoving(isMoving(event));
        return event;
    }, [id], {every: moving ? 1500 : 30_000});
    const known = names.data ?? NO_NAMES;
    return html`<${Page} title=${load.data?.rule.name ?? "Event"} above=${above} note=${load.data && typeName(load.data.type)}
        actions=${load.data && html`<${Resend} event=${load.data} names=${known} onSent=${() => { setMoving(true); load.reload(); }}/>`}>
        <${Loaded} load=${load}>${event => html`
            <${Facts} items=${[
                ["Raised", html`<${Time} at=${event.createdAt}/>`],
                ["Rule", html`<a href=${href(["notifications", "rules", event.rule.id])}>${event.rule.name}</a>`],
                ["Feature, meter or invoice", factOf(event.payload)],
                ["Subject", subjectOf(event.payload)],
                ["Test", event.payload.data?.test && "Yes, with sample values"],
                ["Id", html`<code>${event.id}</code>`],
            ]}/>
            <${DeliveriesOf} event=${event} names=${known}/>
            <${Section} title="Payload" note="Every attempt sends the same bytes."><${Json} value=${event.payload} label="Payload"/><//>
            <${Section} title="The rule when it raised the event"><details><summary>Show rule</summary><${Json} value=${event.rule} label="Rule"/></details><//>`}<//>
    <//>`;
}
