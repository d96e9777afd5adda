// Routes in the fragment, such as #/meters/api_calls?windowSize=DAY, so that the same files work on any static host.

/**
 * @typedef {{page: string, path: string[], query: Object<string, string>, all: function(string): string[]}} Route
 *     page: the name of the page, overview by default. path: the decoded parts after it. query: the first value of each
 *     parameter. all(name): all values of a parameter.
 */

/** @returns {Route} */
export function parse(hash) {
    const [path, search = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
    const [page, ...rest] = path.split("/").filter(part => part !== "").map(decode);
    const parameters = new URLSearchParams(search);
    const query = {};
    for (const [name, value] of parameters) {
        query[name] ??= value;
    }
    return {page: page ?? "overview", path: rest, query, all: name => parameters.getAll(name)};
}

function decode(part) {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

export function current() {
    return parse(location.hash);
}

/**
 * The address of a page, for href. Parameters that are null, undefined or empty are left out; an array is repeated.
 * @param {string[]|string} parts the page and the parts after it, such as ["meters", slug]
 */
export function href(parts, query = {}) {
    const path = [parts].flat().map(encodeURIComponent).join("/");
    const parameters = new URLSearchParams();
    for (const [name, values] of Object.entries(query)) {
        for (const value of [values].flat()) {
            if (value !== null && value !== undefined && value !== "" && value !== false) {
                parameters.append(name, value);
            }
        }
    }
    const search = parameters.toString();
    return "#/" + path + (search ? "?" + search : "");
}

/** The key of a customer, or its id where it has no key, or a key that cannot be part of an address of the API. */
export function keyOrId({key, id}) {
    return key === undefined || key === null || key === "." || key === ".." ? id : key;
}

/** Opens an address from href. With replace, the back button skips the present one. */
export function open(address, {replace = false} = {}) {
    if (replace) {
        history.replaceState(null, "", address);
        dispatchEvent(new HashChangeEvent("hashchange"));
    } else {
        location.hash = address;
    }
}

/** Changes parameters of the present page, such as filters, as a new entry of the history. Empty values remove them. */
export function change(changes, options) {
    const route = current();
    const all = Object.fromEntries(Object.keys(route.query).map(name => [name, route.all(name)]));
    open(href([route.page, ...route.path], {...all, ...changes}), options);
}
