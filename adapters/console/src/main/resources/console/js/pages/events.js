// The stored events: a live tail, filters, and why an event is not counted.
import {html, useEffect, useRef, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useLoad} from "../load.js";
import {change, href, keyOrId} from "../router.js";
import {currentKey, isKeyNeeded} from "../session.js";
import * as format from "../format.js";
import {announce, Badge, Button, Check, Empty, ErrorNote, Field, Form, Json, Loaded, Loading, Page, Section, Table, Tabs, Time} from "../ui.js";
import {DeadLetters} from "./dead-letters.js";
import {SendEvent} from "./event-send.js";

const PAUSE = 2000;
const PER_PAGE = 50;
const PER_SCAN = 100;
const MAX_SCANS = 5;
const ENOUGH = 20;
const MAX_SHOWN = 500;
const FRESH = 6000;
const BETWEEN_ANNOUNCEMENTS = 10_000;
const MAX_NAMES = 1000;

const keyOf = entry => entry.event.source + "\n" + entry.event.id;

/** The filters of the address as the filter of the API. The customer is an id or a key. */
async function filterOf(query, signal) {
    const filter = {};
    if (query.id) {
        filter.id = {$contains: query.id};
    }
    if (query.subject) {
        filter.subject = {$in: [query.subject].flat()};
    }
    if (query.type) {
        filter.type = {$eq: query.type};
    }
    const from = format.parsed(query.from);
    const to = format.parsed(query.to);
    const range = [from && {$gte: format.rfc3339(from)}, to && {$lt: format.rfc3339(to)}].filter(Boolean);
    if (range.length > 0) {
        filter.time = range.length === 1 ? range[0] : {$and: range};
    }
    if (query.customer) {
        filter.customerId = {$eq: (await api.getCustomer({customerIdOrKey: query.customer}, {signal})).id};
    }
    return Object.keys(filter).length > 0 ? JSON.stringify(filter) : undefined;
}

/**
 * Reads events, latest first, from a cursor. With errors, it reads further until a few events are found that are not
 * counted.
 * @returns {Promise<{entries: object[], keys: string[], read: number, next: string|undefined}>} keys: of the first page,
 *     also of events that are left out
 */
async function read(query, {cursor, scans = MAX_SCANS, signal}) {
    const filter = await filterOf(query, signal);
    const errors = query.errors === "true";
    const answer = {entries: [], keys: null, read: 0, next: cursor};
    for (let scan = 0; scan < (errors ? scans : 1); scan++) {
        const page = await api.listEventsV2({limit: errors ? PER_SCAN : PER_PAGE, cursor: answer.next, filter}, {signal, verbatim: true});
        answer.keys ??= page.items.map(keyOf);
        answer.read += page.items.length;
        answer.next = page.nextCursor;
        answer.entries.push(...page.items.filter(entry => !errors || format.reasons(entry).length > 0));
        if (!answer.next || answer.entries.length >= ENOUGH) {
            break;
        }
    }
    return answer;
}

/** Adds an answer to what is shown. */
function merged(before, answer) {
    const now = Date.now();
    const known = new Set(before.entries.map(keyOf));
    const news = answer.entries.map(keyOf).filter(key => !known.has(key));
    const fresh = new Map([...before.fresh].filter(([, until]) => until > now));
    news.forEach(key => fresh.set(key, now + FRESH));
    const added = before.last ? answer.keys.indexOf(before.last) : answer.keys.length;
    const inAnswer = new Set(answer.entries.map(keyOf));
    const entries = [...answer.entries, ...before.entries.filter(entry => !inAnswer.has(keyOf(entry)))];
    // Events between the answer and what was shown may be missing, or the list is long: it starts again with the answer.
    const anew = entries.length > MAX_SHOWN || (answer.next && before.last && !answer.keys.includes(before.last));
    return {
        ...before, fresh, error: null, news: news.length, last: answer.keys[0] ?? before.last,
        ...(anew ? {entries: answer.entries, next: answer.next, read: answer.read}
            : {entries, read: before.read + (added < 0 ? answer.keys.length : added)}),
    };
}

/**
 * The newest events, read again two seconds after each answer. A pause keeps what is shown.
 * @param {number} asked a change reads them once, also in a pause
 */
function useTail(query, live, asked) {
    const [state, setState] = useState(null);
    const has = useRef(false);
    const answered = useRef(asked);
    useEffect(() => {
        if (isKeyNeeded() || !live && has.current && answered.current === asked) {
            return undefined;
        }
        answered.current = asked;
        const controller = new AbortController();
        let timer;
        const poll = async () => {
            try {
                if (!document.hidden || !has.current) {
                    const answer = await read(query, {scans: has.current ? 1 : MAX_SCANS, signal: controller.signal});
                    if (controller.signal.aborted) {
                        return;
                    }
                    const first = !has.current;
                    has.current = true;
                    setState(before => first || !before?.entries
                        ? {...answer, fresh: new Map(), error: null, news: 0, last: answer.keys[0]} : merged(before, answer));
                }
            } catch (error) {
                if (controller.signal.aborted) {
                    return;
                }
                setState(before => ({...before, error}));
            }
            if (live) {
                timer = setTimeout(poll, PAUSE);
            }
        };
        poll();
        return () => {
            controller.abort();
            clearTimeout(timer);
        };
    }, [live, asked, currentKey()]);
    return state;
}

/** Announces the number of new events, at most every ten seconds. */
function useAnnouncement(state) {
    const waiting = useRef({count: 0, at: 0});
    useEffect(() => {
        waiting.current.count += state?.news ?? 0;
        if (waiting.current.count > 0 && Date.now() - waiting.current.at > BETWEEN_ANNOUNCEMENTS) {
            announce(waiting.current.count === 1 ? "1 new event" : `${format.quantity(waiting.current.count)} new events`);
            waiting.current = {count: 0, at: Date.now()};
        }
    }, [state]);
}

function Reasons({entry}) {
    const all = (entry.validationError ?? "").split("\n").filter(Boolean);
    const wrong = format.reasons(entry);
    return html`${wrong.length > 0 ? html`<${Badge} tone="bad">not counted<//>` : html`<${Badge} tone="good">counted<//>`}
        ${all.map(reason => html`<div class=${wrong.includes(reason) ? "" : "hint"}>${reason}</div>`)}`;
}

function MetersOf({entry, meters}) {
    return meters.filter(meter => meter.eventType === entry.event.type).slice(0, 5)
        .map(meter => html`<div><a href=${href(["meters", meter.slug])}>${meter.name}</a></div>`);
}

function Entries({entries, fresh, names, empty}) {
    const {meters, customers} = names;
    return html`<${Table} caption="Events" rows=${entries} keyOf=${keyOf} empty=${empty} columns=${[
        {title: "Time", value: entry => html`<${Time} at=${entry.event.time}/>${fresh?.has(keyOf(entry)) && html`<div><${Badge} tone="good"><span class="fresh">new</span><//></div>`}`},
        {title: "Type", value: entry => html`<div class="word"><code>${entry.event.type}</code></div><${MetersOf} entry=${entry} meters=${meters}/>`},
        {title: "Subject", value: entry => html`<div class="word">${entry.event.subject}</div>${entry.customerId && html`<a href=${href(["customers", keyOrId(customers.get(entry.customerId) ?? {id: entry.customerId})])}>${customers.get(entry.customerId)?.name ?? "Customer"}</a>`}`},
        {title: "Status", wide: true, value: entry => html`<${Reasons} entry=${entry}/>`},
        {title: "Event", wide: true, value: entry => html`<details><summary><code>${entry.event.id}</code></summary>
            <div class="stack"><p class="hint">Stored ${format.time(entry.storedAt)}, source <code>${entry.event.source}</code></p>
            <${Json} value=${entry.event} label=${"Event " + entry.event.id}/></div></details>`},
    ]}/>`;
}

const FIELDS = ["id", "subject", "customer", "type", "from", "to"];

function valuesOf(query) {
    const local = text => format.parsed(text) === undefined ? "" : format.toLocal(format.parsed(text));
    return {
        ...Object.fromEntries(FIELDS.map(name => [name, query[name] ?? ""])),
        from: local(query.from), to: local(query.to), errors: query.errors === "true",
    };
}

function Filters({query, names}) {
    const [values, setValues] = useState(valuesOf(query));
    useEffect(() => setValues(valuesOf(query)), [JSON.stringify(valuesOf(query))]);
    const field = name => ({value: values[name], onChange: value => setValues(before => ({...before, [name]: value}))});
    const time = text => text && format.rfc3339(format.fromLocal(text));
    const apply = changes => {
        const next = {...values, ...changes};
        setValues(next);
        change({...next, from: time(next.from), to: time(next.to), cursor: null});
    };
    const isFiltered = FIELDS.some(name => query[name]) || query.errors;
    return html`<${Form} label="Filters" onSubmit=${() => apply({})}>
        <${Field} label="Id contains" ...${field("id")}/>
        ${Array.isArray(values.subject) ? values.subject.map(one => html`<${Button} key=${one}
                onClick=${() => apply({subject: values.subject.filter(other => other !== one)})}>Remove filter: subject is ${one}<//>`)
            : html`<${Field} label="Subject" ...${field("subject")}/>`}
        <${Field} label="Customer" ...${field("customer")} input=${{list: "known-customers", placeholder: "key or id"}}/>
        <datalist id="known-customers">${[...names.customers.values()].map(one => html`<option value=${keyOrId(one)}>${one.name}</option>`)}</datalist>
        <${Field} label="Type" ...${field("type")} input=${{list: "known-types"}}/>
        <datalist id="known-types">${[...new Set(names.meters.map(meter => meter.eventType))].map(type => html`<option value=${type}></option>`)}</datalist>
        <${Field} label="From" ...${field("from")} input=${{type: "datetime-local"}}/>
        <${Field} label="To" ...${field("to")} input=${{type: "datetime-local"}}/>
        <${Button} kind="primary" type="submit">Apply filters<//>
        ${isFiltered && html`<a class="button" href=${href("events")}>Clear filters</a>`}
        <${Check} label="Only events that are not counted" checked=${values.errors} onChange=${errors => apply({errors})}/>
    <//>`;
}

/** What was read, and where it continues. */
function Older({query, next, count, total, from}) {
    return html`<div class="actions">
        ${query.cursor && html`<a class="button small" href=${href("events", {...query, cursor: null})}>Newest events</a>`}
        ${next && html`<a class="button small" href=${href("events", {...query, cursor: next})}>${query.errors === "true" ? "Search older events" : "Older events"}</a>`}
        <span class="note">${query.errors === "true"
            ? `${format.quantity(count)} of ${format.quantity(total)} ${from} events are not counted.` : (count === 0 ? "" : count === 1 ? "1 event." : `${format.quantity(count)} events, the latest first.`)}
            ${!next && (count > 0 || query.errors === "true") && " There are no older events."}</span>
    </div>`;
}

function emptyText(query) {
    const isFiltered = FIELDS.some(name => query[name]);
    if (query.errors === "true") {
        return "All of these events are counted.";
    }
    return isFiltered || query.cursor ? "No stored event matches these filters. Remove one, or choose a longer range."
        : html`<${Empty} title="There are no events yet" text="Send an event with this command, or with “Send test event”. It appears here within two seconds."
            curl=${curl("ingestEvents", {}, {type: "application/cloudevents+json",
                body: {specversion: "1.0", id: "1", source: "my-app", type: "api-call", subject: "acme", data: {}}})}/>`;
}

function Tail({query, names, live, setLive, asked, ask}) {
    const state = useTail(query, live, asked);
    useAnnouncement(state);
    return html`<${Section} title="Newest events" actions=${html`
            <span class="note">${live ? "Live: new events appear every two seconds." : "Paused."}</span>
            <${Button} onClick=${() => setLive(!live)}>${live ? "Pause" : "Resume"}<//>`}>
        <${ErrorNote} error=${state?.error} retry=${live ? undefined : ask} keeps=${state?.entries !== undefined}/>
        ${state?.entries ? html`<${Entries} entries=${state.entries} fresh=${state.fresh} names=${names} empty=${emptyText(query)}/>
            <${Older} query=${query} next=${state.next} count=${state.entries.length} total=${state.read} from="newest"/>`
            : !state?.error && html`<${Loading} label="Loading the events"/>`}
    <//>`;
}

function OlderPage({query, names}) {
    const load = useLoad(signal => read(query, {cursor: query.cursor, signal}), []);
    return html`<${Section} title="Older events">
        <${Loaded} load=${load} label="Loading the events">${answer => html`
            <${Entries} entries=${answer.entries} names=${names} empty=${emptyText(query)}/>
            <${Older} query=${query} next=${answer.next} count=${answer.entries.length} total=${answer.read} from="older"/>`}<//>
    <//>`;
}

/** The meters, and the names of customers. Without them, the events are shown nevertheless. */
async function namesOf(signal) {
    const [meters, customers] = await Promise.allSettled([
        api.listMeters({}, {signal}), api.listCustomers({pageSize: MAX_NAMES}, {signal})]);
    return {
        meters: meters.value ?? [],
        customers: new Map((customers.value?.items ?? []).map(customer => [customer.id, customer])),
    };
}

/** The parameters of the address. The subject is an array if there are several. */
function queryOf(route) {
    const subjects = route.all("subject");
    return subjects.length > 1 ? {...route.query, subject: subjects} : route.query;
}

const TABS = [{id: "stored", text: "Stored events", href: href("events")}, {id: "dead-letters", text: "Dead letters", href: href(["events", "dead-letters"])}];

/** #/events and #/events/dead-letters. */
export default function Events({route}) {
    return route.path[0] !== "dead-letters" ? html`<${Stored} route=${route}/>`
        : html`<${Page} title="Dead letters" above=${{href: href("events"), text: "Events"}}><${Tabs} label="Kinds of events" tabs=${TABS} current="dead-letters"/><${DeadLetters} query=${route.query}/><//>`;
}

function Stored({route}) {
    const {send, ...query} = queryOf(route);
    const [live, setLive] = useState(true);
    const [asked, setAsked] = useState(0);
    const ask = () => setAsked(before => before + 1);
    const load = useLoad(namesOf, []);
    const identity = JSON.stringify(query);
    return html`<${Page} title="Events" note="Stored events by their time, and whether a meter counts them. A request that the API rejects is not stored: the response states the reason."
        actions=${html`<${Button} onClick=${() => change({send: send ? null : "true"})}>${send ? "Close form" : "Send test event"}<//>`}>
        <${Tabs} label="Kinds of events" tabs=${TABS} current="stored"/>
        <${Loaded} load=${load}>${names => html`
            ${send && html`<${SendEvent} meters=${names.meters} onSent=${ask}/>`}
            <${Filters} query=${query} names=${names}/>
            ${query.cursor ? html`<${OlderPage} query=${query} names=${names} key=${identity}/>`
                : html`<${Tail} query=${query} names=${names} key=${identity} live=${live} setLive=${setLive} asked=${asked} ask=${ask}/>`}`}<//>
    <//>`;
}
