// The API key of this tab, and the preferences of this browser. The key is kept in memory, or in the session storage of
// the tab if the user asks for it. It is never in an address, a cookie or the local storage.

const KEY = "odometer.key";
const listeners = new Set();

function stored(storage, name) {
    try {
        return storage().getItem(name);
    } catch {
        return null; // Storage is disabled.
    }
}

function store(storage, name, value) {
    try {
        if (value === null) {
            storage().removeItem(name);
        } else {
            storage().setItem(name, value);
        }
    } catch {
        // Storage is disabled: the value is kept in memory only.
    }
}

const session = () => sessionStorage;
const local = () => localStorage;

let key = stored(session, KEY);
let needsKey = false;
let keepsPage = false;
let keepsKey = key !== null;
const preferences = {
    theme: stored(local, "odometer.theme") ?? "system",
    zone: stored(local, "odometer.zone") ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
};

function changed() {
    listeners.forEach(listener => listener());
}

/** Calls the listener after every change of the key or of a preference. Returns a function that removes it. */
export function onChange(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

/** The API key, or null. */
export function currentKey() {
    return key;
}

/** Whether the key is kept until the tab is closed. */
export function isKeyKept() {
    return key !== null && stored(session, KEY) === key;
}

/** Whether the user asked for it the last time, as the default of the next sign-in. */
export function keepsKeys() {
    return keepsKey;
}

/** Whether the API has answered 401: the sign-in page is shown. */
export function isKeyNeeded() {
    return needsKey;
}

/** Whether the page stays behind the sign-in, because its key was valid until the API refused it. */
export function isPageKept() {
    return keepsPage;
}

/** Uses the key from now on. @param {boolean} keep until the tab is closed, also when the page is reloaded */
export function signIn(newKey, keep) {
    key = newKey;
    needsKey = false;
    keepsPage = false;
    keepsKey = keep;
    store(session, KEY, keep ? newKey : null);
    changed();
}

function forget(keeps) {
    key = null;
    needsKey = true;
    keepsPage = keeps;
    store(session, KEY, null);
    changed();
}

/** Forgets the key and what the page shows, and shows the sign-in page. */
export function signOut() {
    forget(false);
}

/** The API has refused the key that was sent, null for none. A key that was entered since then is kept. */
export function refused(sent) {
    if (sent === key && !needsKey) {
        forget(key !== null);
    }
}

/** The theme: system, light or dark. */
export function theme() {
    return preferences.theme;
}

/** The IANA name of the chosen time zone. */
export function zone() {
    return preferences.zone;
}

/** Sets a preference of this browser. @param {"theme"|"zone"} name */
export function prefer(name, value) {
    preferences[name] = value;
    store(local, "odometer." + name, value);
    if (name === "theme") {
        if (value === "system") {
            delete document.documentElement.dataset.theme;
        } else {
            document.documentElement.dataset.theme = value;
        }
    }
    changed();
}
