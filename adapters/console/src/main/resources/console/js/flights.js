// The flights example: 20,000 flights of 2001, moved to the last three months, as events of the public API.
import {api} from "./api.js";
import {inTurn} from "./load.js";

const FILE = "examples/flights-2001.csv.gz";
const SOURCE = "flights-2001.csv.gz";
const BATCH = 1000;
const CUSTOMERS = 12;
const WEEK = 7 * 86_400_000;

const METERS = [
    {slug: "flights", name: "Flights", aggregation: "COUNT", eventType: "flight", groupBy: {destination: "$.destination"}},
    {slug: "miles", name: "Miles flown", aggregation: "SUM", eventType: "flight", valueProperty: "$.distance",
        groupBy: {destination: "$.destination"}},
];

/** The lines of the file as events. They are moved by whole weeks, so that weekdays stay, and end at the present. */
async function events(now) {
    const file = await fetch(new URL(FILE, document.baseURI), {credentials: "omit"});
    if (!file.ok) {
        throw new Error("The example data could not be loaded. Status: " + file.status);
    }
    const text = await new Response(file.body.pipeThrough(new DecompressionStream("gzip"))).text();
    const flights = text.trim().split(/\r?\n/).slice(1).map((line, index) => {
        const [date, delay, distance, origin, destination] = line.split(",");
        return {
            at: Date.parse(date.replace(/^(\d+)\/(\d+)\/(\d+) (.*)$/, "$1-$2-$3T$4:00Z")),
            line: index + 2, origin, data: {distance: Number(distance), delay: Number(delay), destination},
        };
    });
    const last = flights.reduce((max, flight) => Math.max(max, flight.at), 0);
    const shift = Math.ceil((now - last) / WEEK) * WEEK;
    return flights.map(flight => ({...flight, at: flight.at + shift})).filter(flight => flight.at <= now)
        .map(({at, line, origin, data}) => ({
            specversion: "1.0", id: String(line), source: SOURCE, type: "flight", subject: origin, time: new Date(at).toISOString(), data,
        }));
}

/** The airports with the most flights. */
function busiest(all) {
    const counts = new Map();
    all.forEach(event => counts.set(event.subject, (counts.get(event.subject) ?? 0) + 1));
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, CUSTOMERS).map(([airport]) => airport);
}

/** A resource that exists already is what the example needs. */
async function unlessExists(creation) {
    try {
        await creation;
    } catch (error) {
        if (error.status !== 409) {
            throw error;
        }
    }
}

/**
 * Creates customers for the busiest airports, the events, and two meters. Loading it again adds only flights that were in
 * the future before, because events have the same ids.
 * @param {function(number, number): void} progress called with the number of events that were sent, and of all
 */
export async function loadFlights(progress) {
    const all = await events(Date.now());
    progress(0, all.length);
    await inTurn(busiest(all), airport => unlessExists(api.createCustomer({}, {
        body: {key: airport, name: airport + " Airport", usageAttribution: {subjectKeys: [airport]}},
    })), 2);
    const batches = Array.from({length: Math.ceil(all.length / BATCH)}, (_, index) => all.slice(index * BATCH, (index + 1) * BATCH));
    let sent = 0;
    await inTurn(batches, async batch => {
        await api.ingestEvents({}, {body: batch, type: "application/cloudevents-batch+json"});
        sent += batch.length;
        progress(sent, all.length);
    }, 2);
    // Last, because the overview offers to load the example until there is a meter: an interrupted load can be repeated.
    // A new meter counts the events before it.
    for (const meter of METERS) {
        await unlessExists(api.createMeter({}, {body: meter}));
    }
}
