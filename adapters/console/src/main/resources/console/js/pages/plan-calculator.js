// The price calculator of a plan: quantities in, lines of a simulated invoice out. Nothing is stored.
import {html, useRef} from "../view.js";
import {api, curl} from "../api.js";
import {useLoad} from "../load.js";
import {change, keyOrId} from "../router.js";
import {isQuantity} from "../decimal.js";
import {cadence, Lines} from "../prices.js";
import {useSettled} from "../settled.js";
import * as format from "../format.js";
import {Check, Command, Empty, Field, Form, Loaded, Section} from "../ui.js";

const SUGGESTIONS = 20;

/** The rate cards of the phase with a price that can be simulated. */
function pricedCards(phase) {
    const cards = (phase.rateCards ?? []).filter(card => card.price);
    return {
        usage: cards.filter(card => card.price.type !== "flat" && card.featureKey),
        fees: cards.filter(card => card.price.type === "flat"),
        left: cards.filter(card => card.price.type !== "flat" && !card.featureKey),
    };
}

/** The first day of the present month, and of the next one. */
function month() {
    const now = new Date();
    const first = add => format.rfc3339(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + add));
    return {from: first(0), to: first(1)};
}

function lineOf(card, quantity) {
    const period = month();
    const {featureKey, price, discounts, taxConfig} = card;
    return {name: card.name, period, invoiceAt: period.to, quantity, featureKey, rateCard: {featureKey, price, discounts, taxConfig}};
}

/** The quantities of the address, by the keys of rate cards. */
function quantitiesOf(route) {
    return Object.fromEntries(route.all("q").map(one => {
        const at = one.lastIndexOf("=");
        return [one.slice(0, at), one.slice(at + 1)];
    }));
}

function Quantities({cards, route, quantities, off}) {
    const setQuantity = (key, value) => change({q: Object.entries({...quantities, [key]: value.trim()})
        .filter(([, one]) => one !== "").map(([name, one]) => `${name}=${one}`)}, {replace: true});
    const setFee = (key, isOn) => change({without: isOn ? route.all("without").filter(one => one !== key) : [...route.all("without"), key]}, {replace: true});
    return html`${cards.usage.map(card => html`<${Field} key=${card.key} label=${card.name} value=${quantities[card.key] ?? ""}
            onChange=${value => setQuantity(card.key, value)} input=${{inputmode: "decimal", placeholder: "0"}}
            error=${isWrong(quantities[card.key]) ? "Enter a number, such as 1200 or 0.5." : undefined}/>`)}
        ${cards.fees.map(card => html`<${Check} key=${card.key} label=${`${card.name}, ${cadence(card.billingCadence)}`} checked=${!off.includes(card.key)}
            onChange=${isOn => setFee(card.key, isOn)}/>`)}`;
}

function isWrong(text) {
    return text !== undefined && !isQuantity(text);
}

function Customer({customer, suggestions}) {
    return html`<${Field} label="Customer" value=${customer} onChange=${value => change({customer: value}, {replace: true})}
            input=${{list: "calculator-customers"}}/>
        <datalist id="calculator-customers">${suggestions.map(one => html`<option value=${keyOrId(one)}>${one.name}</option>`)}</datalist>`;
}

function Result({plan, phase, cards, quantities, off, customer}) {
    const lines = [
        ...cards.fees.filter(card => !off.includes(card.key)).map(card => lineOf(card, "1")),
        ...cards.usage.map(card => lineOf(card, quantities[card.key] ?? "0")),
    ];
    const isReady = lines.length > 0 && !cards.usage.some(card => isWrong(quantities[card.key]));
    const body = {currency: plan.currency, lines};
    const settled = useSettled(isReady ? JSON.stringify({customer, body}) : "");
    const last = useRef("");
    if (settled !== "") {
        last.current = settled;
    }
    if (lines.length === 0) {
        return html`<p class="note">Choose a fee, or another phase.</p>`;
    }
    return html`${!isReady && html`<p class="note">Correct the quantity to compute the amount.</p>`}
        ${last.current !== "" && html`<${Simulation} asked=${last.current} caption=${`Simulated invoice of the phase ${phase.name}`}/>`}
        ${isReady && html`<details><summary>Show curl command</summary><${Command} text=${curl("simulateInvoice", {customerId: customer}, {body})}/></details>`}`;
}

function Inputs({plan, route, phases, suggestions}) {
    const phase = phases.find(one => one.key === route.query.phase) ?? phases.at(-1);
    const cards = pricedCards(phase);
    const quantities = quantitiesOf(route);
    const off = route.all("without");
    const customer = route.query.customer || (keyOrId(suggestions[0]));
    return html`<${Form} label="Calculator">
            ${phases.length > 1 && html`<${Field} label="Phase" value=${phase.key} onChange=${key => change({phase: key, q: null, without: null})}
                options=${phases.map(one => ({value: one.key, text: one.name}))}/>`}
            <${Customer} customer=${customer} suggestions=${suggestions}/>
            <${Quantities} cards=${cards} route=${route} quantities=${quantities} off=${off}/>
        <//>
        ${cards.left.length > 0 && html`<p class="note">Left out, because a price by usage needs a feature: ${cards.left.map(card => card.name).join(", ")}.</p>`}
        <${Result} plan=${plan} phase=${phase} cards=${cards} quantities=${quantities} off=${off} customer=${customer}/>`;
}

/** The invoice of the last request, which stays while the next one is computed. */
function Simulation({asked, caption}) {
    const load = useLoad(signal => {
        const {customer, body} = JSON.parse(asked);
        return api.simulateInvoice({customerId: customer}, {body, signal});
    }, [asked]);
    return html`<${Loaded} load=${load} label="Computing">${invoice => html`<${Lines} caption=${caption} invoice=${invoice}/>`}<//>`;
}

/** Computes what quantities cost. @param {{plan: object, route: import("../router.js").Route}} properties */
export function Calculator({plan, route}) {
    const load = useLoad(signal => api.listCustomers({pageSize: SUGGESTIONS, orderBy: "name"}, {signal}), []);
    const phases = plan.phases.filter(phase => (phase.rateCards ?? []).some(card => card.price));
    return phases.length > 0 && html`<${Section} title="Price calculator" note="Enter quantities to compute the price of one billing period for a customer. Nothing is stored.">
        <${Loaded} load=${load} label="Loading the customers">${({items}) => items.length === 0
            ? html`<${Empty} title="The calculator needs a customer" text="The tax depends on the billing profile of the customer. Create a customer first."
                curl=${curl("createCustomer", {}, {body: {name: "Acme", key: "acme", usageAttribution: {subjectKeys: ["acme-eu"]}}})}/>`
            : html`<${Inputs} plan=${plan} route=${route} phases=${phases} suggestions=${items}/>`}<//>
    <//>`;
}
