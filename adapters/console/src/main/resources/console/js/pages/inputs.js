// Inputs that several forms share.
import {html, useRef, useState} from "../view.js";
import {Button, Check, Field} from "../ui.js";

let lists = 0;

/**
 * A list of texts: each is added by a field, and has a button that removes it.
 * @param {{label: string, values: string[], onChange: function(string[]): void, hint?: string, known?: string[]}} properties
 *     known: suggestions
 */
export function Several({label, values, onChange, hint, known = []}) {
    const [text, setText] = useState("");
    const list = useRef(null);
    list.current ??= "several-" + ++lists;
    const add = () => {
        const next = text.trim();
        if (next !== "" && !values.includes(next)) {
            onChange([...values, next]);
        }
        setText("");
    };
    const enter = event => {
        if (event.key === "Enter") {
            event.preventDefault();
            add();
        }
    };
    return html`<fieldset>
        <${Field} label=${label} value=${text} onChange=${setText} hint=${hint} input=${{list: list.current, onKeyDown: enter, onBlur: add}}/>
        <datalist id=${list.current}>${known.map(one => html`<option value=${one}></option>`)}</datalist>
        <div class="actions"><${Button} disabled=${text.trim() === ""} onClick=${add}>Add<//>
            ${values.map(one => html`<${Button} key=${one} onClick=${() => onChange(values.filter(other => other !== one))}>Remove ${one}<//>`)}</div>
    </fieldset>`;
}

/** Checkboxes for several values. @param {{legend: string, options: Array<{value: string, text: string}>, values: string[], onChange: function(string[]): void}} properties */
export function Choices({legend, options, values, onChange}) {
    return html`<fieldset><legend>${legend}</legend>${options.map(({value, text}) => html`<${Check} key=${value} label=${text} checked=${values.includes(value)}
        onChange=${checked => onChange(checked ? [...values, value] : values.filter(one => one !== value))}/>`)}</fieldset>`;
}

/** Texts by name, one "name: value" on each line. */
export function pairsOf(text) {
    const pairs = {};
    for (const line of text.split("\n").map(one => one.trim()).filter(Boolean)) {
        const [, name, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
        if (name === undefined) {
            throw new Error(`Each line needs a name, a colon and a value: ${line}`);
        }
        pairs[name.trim()] = value;
    }
    return pairs;
}

export function textOf(pairs) {
    return Object.entries(pairs ?? {}).map(([name, value]) => `${name}: ${value}`).join("\n");
}
