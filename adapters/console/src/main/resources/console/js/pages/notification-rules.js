// Rules: when a notification event is raised, and which channels it is delivered to.
import {html, useState} from "../view.js";
import {api, curl, decimal} from "../api.js";
import {useAction, useLoad} from "../load.js";
import {change, current, href, open} from "../router.js";
import * as format from "../format.js";
import {announce, Badge, Button, Check, Confirm, Empty, ErrorNote, Facts, Field, Form, Loaded, Loading, Page, Pager, Section, Table, Time} from "../ui.js";
import {RULE_TYPES, typeName} from "../rule-types.js";
import {DeliveriesOf, isMoving, namesOf} from "./notification-events.js";
import {Choices, pairsOf, Several, textOf} from "./inputs.js";

const PER_PAGE = 50;
const MAX_KNOWN = 1000;
const SIZES = ["HOUR", "DAY", "MONTH"];
const WITH_USAGE = ["SUM", "COUNT", "UNIQUE_COUNT", "LATEST"];
const THRESHOLDS = {
    usage_percentage: {text: "Usage above a percentage of the grants", of: value => `Usage above ${value} % of the grants`},
    usage_value: {text: "Usage above a value", of: value => `Usage above ${value}`},
    balance_value: {text: "Balance below a value", of: value => `Balance below ${value}`},
};

const isOfEntitlements = type => type.startsWith("entitlements.");
const isOfUsage = type => type === "meters.usage.threshold";
const hasThresholds = type => isOfUsage(type) || type === "entitlements.balance.threshold";
/** A number of a verbatim answer as its text. */
const digits = value => typeof value === "object" ? value.rawJSON : String(value);

function RuleStatus({rule}) {
    return rule.deletedAt ? html`<${Badge} tone="bad">deleted<//>`
        : rule.disabled ? html`<${Badge} tone="warn">disabled<//>` : html`<${Badge} tone="good">enabled<//>`;
}

function thresholdsOf(rule) {
    return (rule.thresholds ?? []).map(({type, value}) => THRESHOLDS[type]?.of(format.quantity(digits(value))) ?? type);
}

export function RuleList({route: {query}}) {
    const page = Math.max(1, Number(query.page) || 1);
    const includeDeleted = query.deleted === "true";
    const load = useLoad(async signal => {
        const [answer, names] = await Promise.all([
            api.listNotificationRules({includeDisabled: true, includeDeleted, page, pageSize: PER_PAGE, order: "DESC"}, {signal, verbatim: true}),
            namesOf(signal)]);
        return {...answer, names};
    }, [page, includeDeleted]);
    return html`<${Loaded} load=${load} label="Loading the rules">${({items, totalCount, names}) => html`
        <${Table} caption="Rules" rows=${items} keyOf=${rule => rule.id}
            empty=${html`<${Empty} title="There are no rules yet" text=${names.channels.size > 0 ? "A rule raises an event when its condition is met." : "Create a channel first: a rule needs one."}
                curl=${names.channels.size > 0 ? curl("createNotificationRule", {}, {body: {type: "entitlements.balance.threshold", name: "nearly used up",
                    channels: [[...names.channels.keys()][0]], thresholds: [{type: "usage_percentage", value: 90}]}}) : undefined}>
                ${names.channels.size > 0 ? html`<a class="button primary" href=${href(["notifications", "rules", "new"])}>Create rule</a>`
                    : html`<a class="button primary" href=${href(["notifications", "channels", "new"])}>Create channel</a>`}<//>`}
            columns=${[
                {title: "Name", wide: true, value: rule => html`<a href=${href(["notifications", "rules", rule.id])}>${rule.name}</a>`},
                {title: "Type", value: rule => html`<div class="word">${typeName(rule.type)}</div>`},
                {title: "Of", value: rule => html`<div class="word">${rule.meter ?? rule.features?.map(feature => feature.key).join(", ") ?? "all"}</div>`},
                {title: "Thresholds", wide: true, value: rule => thresholdsOf(rule).map(text => html`<div>${text}</div>`)},
                {title: "Channels", value: rule => rule.channels.map(channel => html`<div>${names.channels.get(channel.id)?.name ?? channel.id}</div>`)},
                {title: "Status", value: rule => html`<${RuleStatus} rule=${rule}/>`},
            ]}/>
        <${Check} label="Show deleted rules" checked=${includeDeleted} onChange=${deleted => change({deleted: deleted ? "true" : null, page: null})}/>
        <${Pager} page=${page} pageSize=${PER_PAGE} total=${totalCount} hrefOf=${next => href("notifications", {...query, page: next})}/>`}<//>`;
}

/** What a rule can refer to. */
async function known(signal) {
    const [channels, features, meters] = await Promise.all([
        api.listNotificationChannels({includeDisabled: true, pageSize: MAX_KNOWN}, {signal}),
        api.listFeatures({page: 1, pageSize: MAX_KNOWN}, {signal}),
        api.listMeters({}, {signal})]);
    return {channels: channels.items, features: features.items, meters: meters.filter(meter => WITH_USAGE.includes(meter.aggregation))};
}

function Thresholds({values, type, onChange}) {
    const types = isOfUsage(type) ? ["usage_value"] : Object.keys(THRESHOLDS);
    const set = (index, changes) => onChange(values.map((one, other) => other === index ? {...one, ...changes} : one));
    return html`<fieldset><legend>Thresholds, 1 to 10</legend>
        ${values.map((one, index) => html`<div class="form" key=${index} role="group" aria-label=${`Threshold ${index + 1}`}>
            <${Field} label=${`Condition ${index + 1}`} value=${one.type} onChange=${next => set(index, {type: next})} options=${types.map(value => ({value, text: THRESHOLDS[value].text}))}/>
            <${Field} label=${`Value ${index + 1}`} value=${one.value} onChange=${value => set(index, {value})} input=${{inputmode: "decimal", required: true}}/>
            ${values.length > 1 && html`<${Button} onClick=${() => onChange(values.filter((_, other) => other !== index))}>Remove threshold ${index + 1}<//>`}</div>`)}
        ${values.length < 10 && html`<div class="actions"><${Button} onClick=${() => onChange([...values, {type: types[0], value: ""}])}>Add threshold<//></div>`}
    </fieldset>`;
}

function numberOf(text, index) {
    try {
        return decimal(text.trim());
    } catch {
        throw new Error(`Value ${index + 1} is not a number such as 90 or 0.5: ${text}`);
    }
}

/** The body of the form: only the fields of its type, because the API refuses others. */
function bodyOf(values) {
    const {type, name, disabled, channels, features, thresholds, meter, windowSize, windowTimeZone, subjects, metadata} = values;
    return {
        type, name, disabled, channels, metadata: pairsOf(metadata),
        ...(isOfEntitlements(type) ? {features} : {}),
        ...(isOfUsage(type) ? {meter, windowSize, windowTimeZone, subjects} : {}),
        ...(hasThresholds(type) ? {thresholds: thresholds.map((one, index) => ({type: one.type, value: numberOf(one.value, index)}))} : {}),
    };
}

function valuesOf(rule, {meters, channels}) {
    const type = rule?.type ?? "entitlements.balance.threshold";
    const asked = current().query.channel ?? (channels.length === 1 ? channels[0].id : undefined);
    return {
        type, name: rule?.name ?? "", disabled: rule?.disabled ?? false,
        channels: rule?.channels.map(channel => channel.id) ?? [asked].filter(Boolean),
        features: rule?.features?.map(feature => feature.key) ?? [],
        thresholds: rule?.thresholds?.map(one => ({type: one.type, value: digits(one.value)})) ?? [{type: "usage_percentage", value: ""}],
        meter: rule?.meter ?? meters[0]?.slug ?? "", windowSize: rule?.windowSize ?? "DAY",
        windowTimeZone: rule?.windowTimeZone ?? format.queryZone(), subjects: rule?.subjects ?? [], metadata: textOf(rule?.metadata),
    };
}

/** The fields of a rule. @param {{rule?: object, choices: object, label: string, onSave: function(object): Promise<*>}} properties */
function RuleForm({rule, choices, label, onSave}) {
    const [values, setValues] = useState(() => valuesOf(rule, choices));
    const set = changes => setValues(before => ({...before, ...changes}));
    const field = name => ({value: values[name], onChange: value => set({[name]: value})});
    const saving = useAction(() => onSave(bodyOf(values)));
    const chooseType = type => set({type, thresholds: isOfUsage(type)
        ? values.thresholds.map(one => ({...one, type: "usage_value"})) : values.thresholds});
    const channels = choices.channels.map(channel => ({value: channel.id, text: `${channel.name} (${channel.type}${channel.disabled ? ", disabled" : ""})`}));
    return html`<${Form} label=${label} onSubmit=${saving.run}><div class="stack wide">
        ${!rule && html`<${Field} label="Type" value=${values.type} onChange=${chooseType}
            options=${Object.entries(RULE_TYPES).map(([value, text]) => ({value, text}))}/>`}
        <${Field} label="Name" ...${field("name")} input=${{required: true, maxlength: 256}}/>
        <${Choices} legend="Channels, 1 to 5" options=${channels} values=${values.channels} onChange=${next => set({channels: next})}/>
        ${isOfEntitlements(values.type) && html`<${Several} label="Feature" hint="Keys or ids. Without a feature, the rule applies to all features."
            known=${choices.features.map(feature => feature.key)} values=${values.features} onChange=${features => set({features})}/>`}
        ${isOfUsage(values.type) && html`
            <${Field} label="Meter" ...${field("meter")} options=${choices.meters.map(meter => ({value: meter.slug, text: meter.name}))}
                hint="A meter with the aggregation SUM, COUNT, UNIQUE_COUNT or LATEST."/>
            <${Field} label="Window" ...${field("windowSize")} options=${SIZES.map(value => ({value, text: value[0] + value.slice(1).toLowerCase()}))}/>
            <${Field} label="Window time zone" ...${field("windowTimeZone")} options=${[...new Set([values.windowTimeZone, ...format.zones()])]}/>
            <${Several} label="Subject" hint="Each subject is evaluated separately. Without a subject, the rule applies to all subjects."
                values=${values.subjects} onChange=${subjects => set({subjects})}/>`}
        ${hasThresholds(values.type) && html`<${Thresholds} values=${values.thresholds} type=${values.type} onChange=${thresholds => set({thresholds})}/>`}
        <${Field} label="Metadata" ...${field("metadata")} rows=${2} hint="Optional. One “name: value” on each line."/>
        <${ErrorNote} error=${saving.error}/>
        <div class="actions"><${Button} kind="primary" type="submit" busy=${saving.running}>${rule ? "Save" : "Create"}<//></div>
    </div><//>`;
}

export function NewRule({above}) {
    const load = useLoad(known, []);
    const save = async body => {
        const rule = await api.createNotificationRule({}, {body});
        announce("The rule is created");
        open(href(["notifications", "rules", rule.id]), {replace: true});
    };
    return html`<${Page} title="Create rule" above=${above} note="The rule applies to usage that is counted, and invoices that change, after it is created.">
        <${Loaded} load=${load}>${choices => choices.channels.length === 0
            ? html`<${Empty} title="A rule needs a channel" text="Create a channel first."><a class="button primary" href=${href(["notifications", "channels", "new"])}>Create channel</a><//>`
            : html`<${RuleForm} choices=${choices} label="Create rule" onSave=${save}/>`}<//>
    <//>`;
}

/** The body of a request that keeps everything of a rule. Thresholds have the digits of a verbatim answer. */
function unchanged(rule) {
    const {type, name, disabled, thresholds, meter, windowSize, windowTimeZone, subjects, metadata} = rule;
    return {
        type, name, disabled, thresholds, meter, windowSize, windowTimeZone, subjects, metadata,
        channels: rule.channels.map(channel => channel.id), features: rule.features?.map(feature => feature.id),
    };
}

function Actions({rule, onChanged, onTest}) {
    const toggle = useAction(async () => {
        await api.updateNotificationRule({ruleId: rule.id}, {body: {...unchanged(rule), disabled: !rule.disabled}});
        announce(rule.disabled ? "The rule is enabled" : "The rule is disabled");
        onChanged();
    });
    const removal = useAction(async () => {
        await api.deleteNotificationRule({ruleId: rule.id});
        announce("The rule is deleted");
        open(href("notifications", {tab: "rules"}), {replace: true});
    });
    const test = useAction(async () => onTest((await api.testNotificationRule({ruleId: rule.id})).id));
    return html`<div class="actions">
        <${Button} kind="primary" busy=${test.running} onClick=${test.run}>Send test event<//>
        ${rule.disabled ? html`<${Button} busy=${toggle.running} onClick=${toggle.run}>Enable<//>`
            : html`<${Confirm} text="Disable" kind="" busy=${toggle.running} onConfirm=${toggle.run}
                question="While the rule is disabled it raises no events. Events of this time are not raised later."/>`}
        <${Confirm} text="Delete" confirm="Delete rule" busy=${removal.running} onConfirm=${removal.run}
            question=${`The rule “${rule.name}” is deleted. Its events stay in the list. This cannot be undone.`}/>
        </div><${ErrorNote} error=${test.error ?? toggle.error ?? removal.error}/>`;
}

/** The test event, read again until its deliveries have ended or wait for a later retry. */
function TestResult({id, names}) {
    const [moving, setMoving] = useState(true);
    const load = useLoad(async signal => {
        const event = await api.getNotificationEvent({eventId: id}, {signal});
        setMoving(isMoving(event));
        if (!isMoving(event)) {
            announce("Test event: " + event.deliveryStatus.map(({state}) => state).join(", "));
        }
        return event;
    }, [id], {every: moving ? 1000 : undefined});
    return html`<${Section} title="Test event" actions=${html`<a href=${href(["notifications", "events", id])}>Open event</a>`}
        note=${moving ? "The event has sample values and is marked as a test. The list of deliveries is updated every second." : "The event has sample values and is marked as a test."}>
        <${Loaded} load=${load}>${event => html`<${DeliveriesOf} event=${event} names=${names}/>`}<//>
    <//>`;
}

export function RulePage({id, above}) {
    const [editing, setEditing] = useState(false);
    const [test, setTest] = useState(null);
    const names = useLoad(namesOf, []);
    const load = useLoad(signal => api.getNotificationRule({ruleId: id}, {signal, verbatim: true}), [id]);
    const save = async body => {
        await api.updateNotificationRule({ruleId: id}, {body});
        setEditing(false);
        announce("Saved");
        load.reload();
    };
    const channels = names.data?.channels ?? new Map();
    return html`<${Page} title=${load.data?.name ?? "Rule"} above=${above} note=${load.data && typeName(load.data.type)}
        actions=${load.data && !load.data.deletedAt && html`<${Button} onClick=${() => setEditing(!editing)}>${editing ? "Cancel editing" : "Edit"}<//>`}>
        <${Loaded} load=${load}>${rule => editing ? html`<${Editing} rule=${rule} onSave=${save}/>` : html`
            <${Facts} items=${[
                ["Status", html`<${RuleStatus} rule=${rule}/>`],
                ["Type", html`<code>${rule.type}</code>`],
                ["Channels", rule.channels.map(channel => html`<div><a href=${href(["notifications", "channels", channel.id])}>${channels.get(channel.id)?.name ?? channel.id}</a></div>`)],
                ["Features", isOfEntitlements(rule.type) && (rule.features?.map(feature => feature.key).join(", ") ?? "All")],
                ["Meter", rule.meter && html`<a href=${href(["meters", rule.meter])}>${rule.meter}</a>`],
                ["Window", rule.windowSize && `${rule.windowSize}, ${rule.windowTimeZone}`],
                ["Subjects", isOfUsage(rule.type) && (rule.subjects?.join(", ") ?? "All")],
                ["Thresholds", rule.thresholds && thresholdsOf(rule).map(text => html`<div>${text}</div>`)],
                ["Metadata", rule.metadata && Object.entries(rule.metadata).map(([name, value]) => html`<div>${name}: ${value}</div>`)],
                ["Created", html`<${Time} at=${rule.createdAt}/>`],
                ["Changed", html`<${Time} at=${rule.updatedAt}/>`],
                ["Id", html`<code>${rule.id}</code>`],
            ].filter(([, value]) => value)}/>
            ${!rule.deletedAt && html`<${Actions} rule=${rule} onChanged=${load.reload} onTest=${setTest}/>`}
            ${test && html`<${TestResult} id=${test} key=${test} names=${{channels}}/>`}
            <p><a href=${href("notifications", {tab: "events", rule: rule.id})}>Events of this rule</a></p>`}<//>
    <//>`;
}

function Editing({rule, onSave}) {
    const load = useLoad(known, []);
    return load.data ? html`<${RuleForm} rule=${rule} choices=${load.data} label="Edit rule" onSave=${onSave}/>`
        : html`<${ErrorNote} error=${load.error} retry=${load.reload}/>${!load.error && html`<${Loading}/>`}`;
}
