// The page for the API key. It is shown instead of a page when the API answers 401.
import {html, useEffect, useRef, useState} from "./view.js";
import {keepsKeys, signIn, signOut} from "./session.js";
import {send} from "./api.js";
import {useAction} from "./load.js";
import {Button, Check, ErrorNote, Field, Form, Page} from "./ui.js";

async function check(key) {
    if (key === "") {
        throw new Error("Enter the key.");
    }
    if (!/^[\x20-\x7e]+$/.test(key)) {
        throw new Error("A key that is not ASCII cannot be sent in a header.");
    }
    try {
        await send("listMeters", {pageSize: 1}, {token: key});
    } catch (error) {
        if (error.status === 401) {
            throw new Error("The API does not accept this key.");
        }
        if (error.status === 403) {
            throw new Error("This key has no access to usage. The console needs a key with the scope read.");
        }
        throw error;
    }
}

export function SignIn() {
    const [key, setKey] = useState("");
    const [keep, setKeep] = useState(keepsKeys());
    const entry = useAction(async () => {
        await check(key.trim());
        signIn(key.trim(), keep);
    });
    return html`<${Page} title="Sign in" note="The API requires a key. A key with the scope read can view data. A key without scopes can also change data.">
        <${Form} label="Sign in" onSubmit=${entry.run}>
            <${Field} label="API key" value=${key} onChange=${setKey} input=${{type: "password", autocomplete: "off", required: true, spellcheck: false}}/>
            <${Check} label="Keep the key until this tab is closed" checked=${keep} onChange=${setKeep}/>
            <${Button} kind="primary" type="submit" busy=${entry.running}>Sign in<//>
        <//>
        <${ErrorNote} error=${entry.error}/>
        <p class="note">The key is kept in the memory of this page or in the session storage of this tab. It is sent to this address only.</p>
    <//>`;
}

/** The same over a page whose key was refused, so that what was entered there is kept. Escape leaves the page. */
export function SignInAgain() {
    const element = useRef(null);
    useEffect(() => element.current.showModal(), []);
    return html`<dialog ref=${element} aria-label="Sign in" onClose=${signOut}><${SignIn}/></dialog>`;
}
