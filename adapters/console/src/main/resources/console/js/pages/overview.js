// The state of the business now: usage, customers, alerts, imports, and what needs attention.
import {html, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useAction, useLoad, inTurn} from "../load.js";
import {change as changeQuery, href, keyOrId} from "../router.js";
import {Chart} from "../chart.js";
import {endOfMinute, seriesOf} from "../usage.js";
import {loadFlights} from "../flights.js";
import {typeName} from "../rule-types.js";
import {deadLetters} from "./dead-letters.js";
import * as format from "../format.js";
import {announce, Badge, Button, DeliveryState, Empty, ErrorNote, Field, Loaded, Page, Progress, Section, Table, Time} from "../ui.js";

const MAX_METERS = 20;
const MAX_CUSTOMERS = 1000;
const CUSTOMERS_PER_QUERY = 100;
const TOP = 8;
const REFRESH = 30_000;
const WEEK = 7 * 86_400_000;

/** Today until the end of this minute, and as much of the same day last week. */
function ranges() {
    const now = Date.now();
    const from = format.startOfDay(now);
    const to = endOfMinute();
    const weekBefore = format.startOfDay(now, -7);
    return {
        today: {from: format.rfc3339(from), to: format.rfc3339(to)},
        before: {from: format.rfc3339(weekBefore), to: format.rfc3339(weekBefore + (to - from))},
    };
}

async function total(meter, range, signal) {
    const answer = await api.queryUsage({meterIdOrSlug: meter.slug}, {body: range, signal});
    return answer.data[0]?.value ?? null;
}

/** Shows the totals of today first, because each total reads all subjects. */
async function usageOf(meters, signal, show) {
    const {today, before} = ranges();
    const rows = meters.slice(0, MAX_METERS).map(meter => ({meter, now: null}));
    const sorted = () => rows.map(row => ({...row}))
        .sort((a, b) => Number(b.now ?? 0) - Number(a.now ?? 0) || Number(b.then ?? 0) - Number(a.then ?? 0));
    await inTurn(rows, async row => { row.now = await total(row.meter, today, signal); });
    show(sorted());
    await inTurn(rows, async row => { row.then = await total(row.meter, before, signal); });
    return sorted();
}

function Change({from, to}) {
    const text = from === null || from === undefined || to === null ? null : format.change(from, to);
    return text === null ? "–" : html`<span class=${Number(to) < Number(from) ? "down" : "up"}>${text}</span>`;
}

function Usage({meters}) {
    const load = useLoad((signal, show) => usageOf(meters, signal, show), [meters.map(meter => meter.id).join()], {every: REFRESH});
    return html`<${Section} title="Usage today" note=${meters.length > MAX_METERS
        ? `The first ${MAX_METERS} of ${format.quantity(meters.length)} meters, compared with the same time last week.`
        : "Compared with the same time last week."}>
        <${Loaded} load=${load} label="Loading the usage">${rows => html`<${Table} caption="Usage today by meter" rows=${rows} keyOf=${row => row.meter.id}
            columns=${[
                {title: "Meter", wide: true, value: row => html`<a href=${href(["meters", row.meter.slug])}>${row.meter.name}</a>`},
                {title: "Today", number: true, value: row => format.quantity(row.now)},
                {title: "Same time last week", number: true, value: row => row.then === undefined ? "…" : format.quantity(row.then)},
                {title: "Change", number: true, value: row => html`<${Change} from=${row.then} to=${row.now}/>`},
            ]}/>`}<//>
    <//>`;
}


async function pointsOf(meter, range, signal) {
    const window = {windowSize: "HOUR", windowTimeZone: format.queryZone()};
    const {data} = await api.queryUsage({meterIdOrSlug: meter.slug}, {body: {...range, ...window}, signal});
    const query = {from: Date.parse(range.from), to: Date.parse(range.to), windowSize: window.windowSize, timeZone: window.windowTimeZone};
    return seriesOf(data, query, meter, () => meter.name).shown[0]?.points ?? [];
}

function Hours({meter}) {
    const load = useLoad(async signal => {
        const {today, before} = ranges();
        const [now, then] = await Promise.all([pointsOf(meter, today, signal), pointsOf(meter, before, signal)]);
        // Not a week, if the clock has changed since then: the hours of the day are compared.
        const shift = Date.parse(today.from) - Date.parse(before.from);
        return [
            {label: "Today", points: now},
            {label: "Last week", points: then.map(([at, value]) => [at + shift, value]), dashed: true},
        ];
    }, [meter.id], {every: REFRESH, keep: false});
    return html`<${Loaded} load=${load}>${series => series.every(one => one.points.length === 0)
        ? html`<p class="note">No usage of ${meter.name} today, and none on the same day last week until this time. Choose another meter, or open <a href=${href(["meters", meter.slug])}>the meter</a> for a longer range.</p>`
        : html`<${Chart} title=${meter.name + " by hour"} series=${series} kind="line" windowSize="HOUR"/>`}<//>`;
}

/** The customers with the most usage today: exact, because each customer is a group of the query. */
async function topCustomers(meter, signal) {
    const {today} = ranges();
    const customers = await api.listCustomers({pageSize: MAX_CUSTOMERS}, {signal});
    if (customers.totalCount > MAX_CUSTOMERS) {
        const answer = await api.queryUsage({meterIdOrSlug: meter.slug}, {body: {...today, groupBy: ["subject"]}, signal});
        return {by: "Subject", hasCustomers: true, rows: top(answer.data, row => ({name: row.subject}))};
    }
    const names = new Map(customers.items.map(customer => [customer.id, customer]));
    const ids = [...names.keys()];
    const parts = Array.from({length: Math.ceil(ids.length / CUSTOMERS_PER_QUERY)},
        (_, index) => ids.slice(index * CUSTOMERS_PER_QUERY, (index + 1) * CUSTOMERS_PER_QUERY));
    const answers = await inTurn(parts, part =>
        api.queryUsage({meterIdOrSlug: meter.slug}, {body: {...today, filterCustomerId: part, groupBy: ["customer_id"]}, signal}));
    return {by: "Customer", hasCustomers: ids.length > 0, rows: top(answers.flatMap(answer => answer.data), row => {
        const customer = names.get(row.customerId);
        return {name: customer?.name ?? row.customerId, href: href(["customers", keyOrId(customer ?? {id: row.customerId})])};
    })};
}

function top(rows, describe) {
    return [...rows].sort((a, b) => Number(b.value) - Number(a.value)).slice(0, TOP)
        .filter(row => Number(row.value) !== 0).map(row => ({...describe(row), value: row.value}));
}

function Top({meter}) {
    const load = useLoad(signal => topCustomers(meter, signal), [meter.id], {every: REFRESH, keep: false});
    return html`<${Section} title="Top customers" note=${`By ${meter.name} today.`}>
        <${Loaded} load=${load}>${({by, rows, hasCustomers}) => html`<${Table} caption=${"Top customers by " + meter.name} rows=${rows}
            empty=${hasCustomers ? `No customer has usage of ${meter.name} today.` : html`<${Empty} title="There are no customers yet" text="Usage belongs to a customer if its subject is the key or a subject key of the customer. Create a customer:"
                curl=${curl("createCustomer", {}, {body: {name: "Acme", key: "acme", usageAttribution: {subjectKeys: ["acme"]}}})}/>`}
            columns=${[
                {title: by, wide: true, value: row => row.href ? html`<a href=${row.href}>${row.name}</a>` : row.name},
                {title: "Today", number: true, value: row => format.quantity(row.value)},
            ]}/>`}<//>
    <//>`;
}

/** A line of what is wrong, or null. */
const CHECKS = [
    async signal => {
        const from = format.rfc3339(Date.now() - WEEK);
        const events = await api.listNotificationEvents({from, pageSize: 100}, {signal});
        const failed = events.items.filter(event => event.deliveryStatus.some(delivery => delivery.state === "FAILED"));
        return failed.length > 0 && {
            what: "Notification deliveries failed", count: failed.length, of: events.items.length,
            at: failed[0].createdAt, href: href("notifications", {tab: "events"}),
            reason: failed[0].deliveryStatus.find(delivery => delivery.state === "FAILED").reason,
        };
    },
    async signal => {
        const imports = await api.listImports({status: "failed", pageSize: 1}, {signal});
        const [last] = imports.items;
        return last && {
            what: "Imports failed", count: imports.totalCount, at: last.updatedAt, reason: `${last.key}: ${last.reason}`,
            href: href("files", {status: "failed"}),
        };
    },
    async signal => {
        const failed = (await api.listExports({limit: 100}, {signal})).filter(one => one.status === "failed");
        return failed.length > 0 && {
            what: "Exports failed", count: failed.length, at: failed[0].finishedAt, reason: failed[0].reason, href: href("files", {tab: "exports"}),
        };
    },
    async signal => {
        const invoices = await api.listInvoices({pageSize: 100, orderBy: "updatedAt", order: "DESC"}, {signal});
        const issues = invoices.items.filter(invoice => invoice.validationIssues?.length > 0 || invoice.statusDetails.failed);
        return issues.length > 0 && {
            what: "Invoices have issues", count: issues.length, of: invoices.items.length, at: issues[0].updatedAt,
            href: href(["invoices", issues[0].id]),
            reason: `${issues[0].number}: ${issues[0].validationIssues?.[0]?.message ?? issues[0].statusDetails.extendedStatus}`,
        };
    },
    async signal => {
        const entries = await api.listEvents({limit: 100}, {signal});
        const wrong = entries.filter(entry => format.reasons(entry).length > 0);
        return wrong.length > 0 && {
            what: "Events are not counted", count: wrong.length, of: entries.length, at: wrong[0].ingestedAt,
            href: href("events", {errors: "true"}), reason: format.reasons(wrong[0])[0],
        };
    },
    async signal => {
        const from = format.rfc3339(Date.now() - WEEK);
        const items = (await deadLetters({from, limit: 100}, signal))?.items ?? [];
        return items.length > 0 && {
            what: "Dead letters", count: items.length, of: items.length === 100 ? 100 : undefined, at: items[0].storedAt,
            href: href(["events", "dead-letters"]), reason: `${items[0].channel}: ${items[0].reason}`,
        };
    },
];

async function wrongNow(signal) {
    const results = await Promise.allSettled(CHECKS.map(check => check(signal)));
    return results.flatMap(result => result.status === "rejected"
        ? [{what: "A check failed", reason: result.reason.message}]
        : result.value ? [result.value] : []);
}

function Wrong() {
    const load = useLoad(wrongNow, [], {every: REFRESH});
    return html`<${Section} title="Current problems">
        <${Loaded} load=${load}>${problems => html`<${Table} caption="Current problems" rows=${problems}
            empty=${html`<p><${Badge} tone="good">No problems<//> No delivery, import or export has failed. No invoice has an issue. The last 100 events are counted. No message of this week is a dead letter.</p>`}
            columns=${[
                {title: "Problem", wide: true, value: row => html`<${Badge} tone="bad">${row.what}<//>${" "}${row.reason}`},
                {title: "Number", number: true, value: row => row.count === undefined ? "–" : row.of ? `${format.quantity(row.count)} of the last ${format.quantity(row.of)}` : format.quantity(row.count)},
                {title: "Last", value: row => html`<${Time} at=${row.at} ago=${true}/>`},
                {title: "Details", value: row => row.href ? html`<a href=${row.href} aria-label=${"Details: " + row.what}>Open</a>` : "–"},
            ]}/>`}<//>
    <//>`;
}

function Alerts() {
    const load = useLoad(signal => api.listNotificationEvents({pageSize: 6}, {signal}), [], {every: REFRESH});
    return html`<${Section} title="Recent alerts" actions=${html`<a href=${href("notifications")}>All notifications</a>`}>
        <${Loaded} load=${load}>${({items}) => html`<${Table} caption="Recent alerts" rows=${items} keyOf=${event => event.id}
            empty="No alerts yet. Create a channel and a rule under Notifications to get alerts on balances, usage and invoices."
            columns=${[
                {title: "Rule", wide: true, value: event => html`<a href=${href(["notifications", "events", event.id])}>${event.rule.name}</a>`},
                {title: "Type", value: event => typeName(event.type)},
                {title: "Raised", value: event => html`<${Time} at=${event.createdAt} ago=${true}/>`},
                {title: "Delivery", value: event => event.deliveryStatus.map(delivery => html`<${DeliveryState} state=${delivery.state}/> `)},
            ]}/>`}<//>
    <//>`;
}

function Imports() {
    const load = useLoad(signal => api.listImports({pageSize: 5}, {signal}), [], {every: REFRESH});
    return html`<${Section} title="Last imports" actions=${html`<a href=${href("files")}>All imports</a>`}>
        <${Loaded} load=${load}>${({items}) => html`<${Table} caption="Last imports" rows=${items} keyOf=${one => one.id}
            empty="No imports yet. Put a usage file into the watched folder or bucket to import it."
            columns=${[
                {title: "File", wide: true, value: one => one.key},
                {title: "Status", value: one => html`<${Badge} tone=${one.status === "done" ? "good" : one.status === "failed" ? "bad" : "warn"}>${one.status}<//>`},
                {title: "Counted", number: true, value: one => format.quantity(one.counted)},
                {title: "Rejected", number: true, value: one => format.quantity(one.rejected)},
                {title: "Started", value: one => html`<${Time} at=${one.startedAt} ago=${true}/>`},
            ]}/>`}<//>
    <//>`;
}

/** The first look: nothing is counted yet. */
function Start({reload}) {
    const [progress, setProgress] = useState(null);
    const example = useAction(async () => {
        await loadFlights((sent, all) => setProgress({sent, all}));
        announce("The example data is loaded");
        reload();
    });
    return html`<${Empty} title="Create a meter, then send events"
        text="A meter turns events of one type into a number. Run these commands, or load the example data: 20,000 flights of 2001, moved to the last three months, with two meters and twelve customers."
        curl=${[
            curl("createMeter", {}, {body: {slug: "tokens", aggregation: "SUM", eventType: "prompt", valueProperty: "$.tokens", groupBy: {model: "$.model"}}}),
            curl("ingestEvents", {}, {type: "application/cloudevents+json", body: {
                specversion: "1.0", id: "1", source: "my-app", type: "prompt", subject: "acme", data: {tokens: "120", model: "small"}}}),
        ]}>
        <${Button} kind="primary" busy=${example.running} onClick=${example.run}>Load example data<//>
        <${Button} onClick=${reload}>Check again<//>
        ${progress && html`<${Progress} value=${progress.sent} max=${progress.all} label="Events sent"/>`}
        <${ErrorNote} error=${example.error}/>
    <//>`;
}

function Business({meters, route}) {
    const meter = meters.find(one => one.slug === route.query.meter) ?? meters[0];
    return html`<${Usage} meters=${meters}/>
        <${Section} title=${"Today by hour"} actions=${html`<${Field} label="Meter" value=${meter.slug}
            options=${meters.map(one => ({value: one.slug, text: one.name}))} onChange=${slug => changeQuery({meter: slug})}/>`}>
            <${Hours} meter=${meter}/>
        <//>
        <${Wrong}/>
        <div class="columns"><${Top} meter=${meter}/><${Imports}/></div>
        <${Alerts}/>`;
}

export default function Overview({route}) {
    const load = useLoad(signal => api.listMeters({}, {signal}), []);
    return html`<${Page} title="Overview">
        <${Loaded} load=${load}>${meters => meters.length === 0
            ? html`<${Start} reload=${load.reload}/>`
            : html`<${Business} meters=${meters} route=${route}/>`}<//>
    <//>`;
}
