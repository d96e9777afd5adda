// Applies prices to the usage of past months, for all customers. Nothing is stored.
import {html, useEffect, useMemo, useState} from "../view.js";
import {api, curl} from "../api.js";
import {useLoad} from "../load.js";
import {change, current as currentRoute, href} from "../router.js";
import {isQuantity} from "../decimal.js";
import {Price} from "../prices.js";
import * as format from "../format.js";
import {Button, Command, Empty, Field, Form, Loaded, Page, Section, Table} from "../ui.js";
import {BacktestResult} from "./backtest-result.js";

const MAX_PLANS = 200;
const MONTHS_BACK = 24;
const LENGTHS = [1, 2, 3, 6, 12];

/** The months that can be chosen, the present one first, as 2026-10. Billing periods of a backtest are in UTC. */
function months() {
    const now = new Date();
    return Array.from({length: MONTHS_BACK + 1}, (_, back) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back)).toISOString().slice(0, 7));
}

function rangeOf(from, length) {
    const [year, month] = from.split("-").map(Number);
    return {from: format.rfc3339(Date.UTC(year, month - 1)), to: format.rfc3339(Date.UTC(year, month - 1 + length))};
}

/** Rate cards with a price by usage: others are not part of a backtest. */
function usageCards(phase) {
    return (phase.rateCards ?? []).filter(card => card.price && card.price.type !== "flat" && card.featureKey);
}

/** The phases of all plans that have prices by usage. */
function choicesOf(plans) {
    return plans.flatMap(plan => plan.phases.filter(phase => usageCards(phase).length > 0).map(phase => ({
        value: `${plan.id}/${phase.key}`,
        text: `${plan.name} v${plan.version}${plan.phases.length > 1 ? ", " + phase.name : ""}${plan.status === "active" ? "" : ", " + plan.status} (${plan.currency})`,
        currency: plan.currency,
        cards: usageCards(phase),
        left: (phase.rateCards ?? []).filter(card => card.price && !usageCards(phase).includes(card)),
    })));
}

/** The amounts of a price that can be edited, by their path in it. */
function amountsOf(price) {
    if (price.type === "tiered") {
        return price.tiers.flatMap((tier, index) => [
            ...(tier.unitPrice ? [{path: ["tiers", index, "unitPrice", "amount"], label: `tier ${index + 1}, per unit`, value: tier.unitPrice.amount}] : []),
            ...(tier.flatPrice ? [{path: ["tiers", index, "flatPrice", "amount"], label: `tier ${index + 1}, flat`, value: tier.flatPrice.amount}] : []),
        ]);
    }
    return price.type === "dynamic" ? [{path: ["multiplier"], label: "multiplier", value: price.multiplier ?? "1"}]
        : [{path: ["amount"], label: price.type === "package" ? "per package" : "per unit", value: price.amount}];
}

function withAmount(object, [name, ...rest], value) {
    const copy = Array.isArray(object) ? [...object] : {...object};
    copy[name] = rest.length === 0 ? value : withAmount(object[name], rest, value);
    return copy;
}

/** The amounts that the address changes: "characters/amount=0.0009". */
function editsOf(route) {
    return new Map(route.all("set").map(one => {
        const at = one.lastIndexOf("=");
        return [one.slice(0, at), one.slice(at + 1)];
    }));
}

function nameOf(card, amount) {
    return [card.key, ...amount.path].join("/");
}

function edited(card, edits) {
    return amountsOf(card.price).reduce((so, amount) => {
        const value = edits.get(nameOf(card, amount));
        return value === undefined ? so : {...so, price: withAmount(so.price, amount.path, value)};
    }, card);
}

function requestOf({route, chosen, current, period, length, kind}) {
    const edits = editsOf(route);
    const rateCards = chosen.cards.map(card => edited(card, edits));
    const features = rateCards.map(card => card.featureKey);
    const customers = (route.query.customers ?? "").split(",").map(key => key.trim()).filter(key => key !== "");
    return {
        ...rangeOf(period, length), currency: chosen.currency, kind, rateCards,
        ...(current ? {currentRateCards: current.cards.filter(card => features.includes(card.featureKey))} : {}),
        ...(customers.length > 0 ? {customers} : {}),
    };
}

/** Every change of an input needs another run. The address of the last run stays in the history. */
function set(changes, options) {
    change({...changes, run: null}, currentRoute().query.run ? undefined : options);
}

function Prices({chosen, route}) {
    const edits = editsOf(route);
    const edit = (name, original, value) => {
        const all = new Map(edits).set(name, value.trim());
        if (value.trim() === String(original)) {
            all.delete(name);
        }
        set({set: [...all].map(([path, amount]) => `${path}=${amount}`)}, {replace: true});
    };
    const inputs = card => amountsOf(card.price).map(amount => {
        const name = nameOf(card, amount);
        const value = edits.get(name);
        return html`<${Field} key=${name} label=${`${card.name}, ${amount.label}`} value=${value ?? String(amount.value)} onChange=${text => edit(name, amount.value, text)}
            input=${{inputmode: "decimal"}} error=${value !== undefined && !isQuantity(value) ? "Enter an amount, such as 0.0009." : undefined}/>`;
    });
    return html`<${Table} caption="Prices" rows=${chosen.cards} keyOf=${card => card.key} columns=${[
            {title: "Rate card", value: card => card.name},
            {title: "Feature", value: card => html`<code>${card.featureKey}</code>`},
            {title: "Price of the plan", wide: true, value: card => html`<${Price} price=${card.price} discounts=${card.discounts} currency=${chosen.currency}/>`},
            {title: "Amounts to apply", wide: true, value: inputs},
        ]}/>
        ${chosen.left.length > 0 && html`<p class="note">Fees are not part of a backtest, so these are left out: ${chosen.left.map(card => card.name).join(", ")}.</p>`}`;
}

function Inputs({choices, route, chosen, current, period, length, kind, run, isReady}) {
    const sameCurrency = choices.filter(one => one.currency === chosen.currency);
    const isCost = kind === "cost";
    return html`<${Form} label="Backtest" onSubmit=${run}>
            <${Field} label="First month" value=${period} options=${months().map(value => ({value, text: format.month(value + "-01T00:00:00Z", "UTC")}))}
                onChange=${value => set({from: value})}/>
            <${Field} label="Months" value=${String(length)} options=${LENGTHS.map(String)} onChange=${value => set({months: value})}/>
            <${Field} label="Compute" value=${kind} options=${[{value: "price", text: "New prices"}, {value: "cost", text: "Costs and margin"}]}
                onChange=${value => set({kind: value === "price" ? null : value})}/>
            <${Field} label=${isCost ? "Costs" : "New prices"} value=${chosen.value} options=${choices}
                onChange=${value => set({plan: value, set: null, current: null})}/>
            <${Field} label=${isCost ? "Prices for the revenue" : "Current prices"} value=${current?.value ?? ""} options=${[{value: "", text: "None"}, ...sameCurrency]}
                onChange=${value => set({current: value})}/>
            <${Field} label="Only these customers, by key" value=${route.query.customers ?? ""} onChange=${value => set({customers: value}, {replace: true})}
                input=${{placeholder: "All, or acme, globex"}}/>
            <${Button} type="submit" kind="primary" disabled=${!isReady}>Run backtest<//>
        <//>
        <${Section} title=${isCost ? "Costs to apply" : "Prices to apply"}><${Prices} chosen=${chosen} route=${route}/><//>`;
}

/** What was asked last, from the run of the address: inputs that were changed since do not count yet. */
function useAsked(route, text, isReady) {
    const [asked, setAsked] = useState(route.query.run && isReady ? text : "");
    useEffect(() => {
        if (route.query.run && isReady) {
            setAsked(text);
        }
    }, [route.query.run, text, isReady]);
    return asked;
}

/** The result of the last run, which stays while the next one is computed. @param {{asked: string, runs: number}} properties */
function Run({asked, runs}) {
    const load = useLoad(async signal => {
        const body = JSON.parse(asked);
        return {body, result: await api.backtestPrices({}, {body, signal})};
    }, [asked, runs]);
    return html`<${Loaded} load=${load} label="Reading the usage">${data => html`<${BacktestResult} ...${data}/>`}<//>
        ${load.error?.status === 400 && html`<${Limits}/>`}`;
}

/** What a refusal means for the inputs. */
function Limits() {
    return html`<div class="note"><p>What a backtest needs:</p><ul>
        <li>The months are whole billing periods of each rate card: choose 3 months for a price that is charged every 3 months. Prices by the day or week rarely fit into months.</li>
        <li>A rate card has at most 100 billing periods, and all features together have at most 200: choose fewer months.</li>
        <li>The answer has at most 50,000 rows, and the customers at most 200,000 subjects, unless the service has other limits: enter the keys of the customers.</li>
    </ul></div>`;
}

function Backtest({choices, route}) {
    const chosen = choices.find(one => one.value === route.query.plan) ?? choices[0];
    const current = choices.find(one => one.value === route.query.current && one.currency === chosen.currency);
    const known = months();
    const period = known.includes(route.query.from) ? route.query.from : known[1];
    const length = LENGTHS.includes(Number(route.query.months)) ? Number(route.query.months) : 1;
    const kind = route.query.kind === "cost" ? "cost" : "price";
    const isReady = [...editsOf(route).values()].every(isQuantity);
    const body = requestOf({route, chosen, current, period, length, kind});
    const text = JSON.stringify(body);
    const asked = useAsked(route, text, isReady);
    const [runs, setRuns] = useState(0);
    const run = () => {
        if (isReady && route.query.run) {
            setRuns(runs + 1); // The same inputs again.
        } else if (isReady) {
            change({run: "1"});
        }
    };
    const ignored = [
        route.query.plan && route.query.plan !== chosen.value && "prices", route.query.current && !current && "current prices"].filter(Boolean);
    return html`${ignored.length > 0 && html`<p class="error" role="alert">The ${ignored.join(" and the ")} of the address are not used, because no plan has them or their currency differs.</p>`}
        <${Inputs} choices=${choices} route=${route} chosen=${chosen} current=${current} period=${period} length=${length} kind=${kind} run=${run} isReady=${isReady}/>
        <${Section} title="Result">
            ${asked !== "" && asked !== text && html`<p class="note">The inputs have changed. Run the backtest again to apply them.</p>`}
            ${asked === "" ? html`<p class="note">Run the backtest to apply the prices to the usage of these months.</p>` : html`<${Run} asked=${asked} runs=${runs}/>`}
            ${isReady && html`<details><summary>Show curl command</summary><${Command} text=${curl("backtestPrices", {}, {body})}/></details>`}
        <//>`;
}

function NoPrices() {
    return html`<${Empty} title="A backtest needs a plan with a price by usage" text=${html`Create a plan with a rate card of the type usage_based, then come back. A draft is enough. See <a href=${href("plans")}>Plans</a>.`}
        curl=${curl("createPlan", {}, {body: {key: "pro", name: "Pro", currency: "USD", billingCadence: "P1M", phases: [{key: "standard", name: "Standard", duration: null, rateCards: [
            {type: "usage_based", key: "api_calls", name: "API calls", featureKey: "api_calls", billingCadence: "P1M", price: {type: "unit", amount: "0.001"}}]}]}})}/>`;
}

/** The plans that changed last, and those of the address. */
async function plansOf(ids, signal) {
    const {items, totalCount} = await api.listPlans({status: ["draft", "active", "archived"], pageSize: MAX_PLANS, orderBy: "updated_at", order: "DESC"}, {signal});
    const missing = ids.filter(id => !items.some(plan => plan.id === id));
    const more = await Promise.all(missing.map(planId => api.getPlan({planId}, {signal})));
    return {plans: [...items, ...more], left: totalCount - items.length};
}

/** The ids of plans in the address. */
function idsOf(route) {
    return [...new Set([route.query.plan, route.query.current].filter(Boolean).map(value => value.split("/")[0]))];
}

export default function BacktestPage({route}) {
    // Only those of the first address: later ones are chosen from the list.
    const [ids] = useState(() => idsOf(route));
    const load = useLoad(signal => plansOf(ids, signal), []);
    const choices = useMemo(() => choicesOf(load.data?.plans ?? []), [load.data]);
    return html`<${Page} title="Backtest" note="Apply prices to the usage of past months and compare the amounts with those of the current prices. Subscriptions are not read. Nothing is stored.">
        <${Loaded} load=${load} label="Loading the plans">${({left}) => choices.length === 0
            ? html`<${NoPrices}/>`
            : html`<${Backtest} choices=${choices} route=${route}/>
                ${left > 0 && html`<p class="note">The lists have the ${format.quantity(MAX_PLANS)} plan versions that changed last. ${format.quantity(left)} more can be named in the address, as <code>plan=ID/PHASE</code>.</p>`}`}<//>
    <//>`;
}
