// The fields of a customer, for a new one and for a change.
import {html, useState} from "../view.js";
import * as format from "../format.js";
import {Button, ErrorNote, Field, Form} from "../ui.js";

/** The members that a request may have. An update removes those that it does not have. */
export function writable({key, name, description, usageAttribution, currency, primaryEmail, billingAddress, taxId, timeZone, metadata}) {
    return {key, name, description, usageAttribution, currency, primaryEmail, billingAddress, taxId, timeZone, metadata};
}

function fieldsOf(customer) {
    return {
        name: customer.name ?? "",
        key: customer.key ?? "",
        subjects: (customer.usageAttribution?.subjectKeys ?? []).join("\n"),
        primaryEmail: customer.primaryEmail ?? "",
        currency: customer.currency ?? "",
        timeZone: customer.timeZone === "UTC" ? "" : customer.timeZone ?? "",
        taxId: customer.taxId?.code ?? "",
        description: customer.description ?? "",
    };
}

/** What the fields change, as members of a customer. An empty field removes the member. */
function changes(before, now) {
    const text = name => now[name].trim() || undefined;
    const members = {
        name: () => text("name"),
        key: () => text("key"),
        primaryEmail: () => text("primaryEmail"),
        timeZone: () => text("timeZone"),
        description: () => text("description"),
        currency: () => text("currency")?.toUpperCase(),
    };
    const result = {};
    for (const [name, value] of Object.entries(members)) {
        if (now[name] !== before[name]) {
            result[name] = value();
        }
    }
    if (now.taxId !== before.taxId) {
        result.taxId = text("taxId") && {code: text("taxId")};
    }
    if (now.subjects !== before.subjects) {
        result.usageAttribution = {subjectKeys: now.subjects.split("\n").map(line => line.trim()).filter(line => line !== "")};
    }
    return result;
}

/**
 * @param {{customer: object, text: string, busy: boolean, error: Error|null, onSave: function(object): void, onCancel: function(): void}} properties
 *     onSave gets the members that were changed
 */
export function CustomerForm({customer, text, busy, error, onSave, onCancel}) {
    const [before] = useState(() => fieldsOf(customer));
    const [now, setNow] = useState(before);
    const field = (name, label, more = {}) => html`<${Field} label=${label} value=${now[name]}
        onChange=${value => setNow(fields => ({...fields, [name]: value}))} ...${more}/>`;
    return html`<${Form} label="Customer" onSubmit=${() => onSave(changes(before, now))}><div class="stack">
        ${field("name", "Name", {input: {required: true}})}
        ${field("key", "Key", {hint: "Your identifier for the customer. Events with this subject are usage of the customer."})}
        ${field("subjects", "Subject keys", {rows: 3, hint: "The subjects whose usage the customer pays for, one per line. A customer needs a key or a subject key."})}
        ${field("primaryEmail", "E-mail", {input: {type: "email"}})}
        ${field("currency", "Currency", {input: {maxlength: 3}, hint: "For example EUR. If the field is empty, the first subscription sets the currency."})}
        ${field("timeZone", "Time zone of billing periods", {options: [{value: "", text: "UTC (default)"}, ...format.zones().filter(zone => zone !== "UTC"),
                ...(now.timeZone && !format.zones().includes(now.timeZone) ? [now.timeZone] : [])]})}
        ${field("taxId", "Tax id")}
        ${field("description", "Description")}
        <${ErrorNote} error=${error}/>
        <div class="actions"><${Button} onClick=${onCancel}>Cancel<//><${Button} kind="primary" type="submit" busy=${busy}>${text}<//></div>
    </div><//>`;
}
