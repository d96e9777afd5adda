// Loading data of the API into a view.
import {useState, useEffect, useRef, useCallback} from "./view.js";
import {currentKey, isKeyNeeded, zone} from "./session.js";

/**
 * @template T
 * @typedef {{data: T|undefined, error: Error|null, loading: boolean, at: number|undefined, reload: function(): void}} Load
 *     data: the last successful answer, also while the next one is loaded and after it has failed. at: when it was loaded.
 */

/**
 * Loads data when the view appears and whenever a dependency, the key or the time zone changes. The previous request is aborted. While the page is
 * hidden, it is not repeated.
 * @template T
 * @param {function(AbortSignal, function(T): void): Promise<T>} request pass the signal to the calls of the API. The second
 *     parameter shows a part of the first answer while the rest is loaded
 * @param {Array} dependencies texts, numbers or booleans
 * @param {{every?: number, keep?: boolean}} [options] every: milliseconds between repetitions. keep: whether the data
 *     stays visible when a dependency changes; true by default, false where it belongs to another resource
 * @returns {Load<T>}
 */
export function useLoad(request, dependencies, {every, keep = true} = {}) {
    const [state, setState] = useState({data: undefined, error: null, loading: true, at: undefined});
    const [version, setVersion] = useState(0);
    const latest = useRef(request);
    const waiting = useRef(false);
    const shown = useRef(null); // The dependencies of the data.
    latest.current = request;
    useEffect(() => {
        waiting.current = true;
        if (isKeyNeeded()) {
            return undefined; // It runs again after the sign-in.
        }
        const controller = new AbortController();
        const answered = next => {
            if (!controller.signal.aborted) {
                waiting.current = false;
                setState(next);
            }
        };
        const place = JSON.stringify(dependencies);
        const stays = keep || shown.current === place;
        shown.current = place;
        setState(before => stays ? {...before, loading: true} : {data: undefined, error: null, loading: true, at: undefined});
        const show = part => controller.signal.aborted
            || setState(before => before.data === undefined ? {...before, data: part} : before);
        latest.current(controller.signal, show).then(
            data => answered({data, error: null, loading: false, at: Date.now()}),
            error => answered(before => ({...before, error, loading: false})));
        return () => controller.abort();
    }, [...dependencies, version, currentKey(), zone()]);
    useEffect(() => {
        if (!every) {
            return undefined;
        }
        // An answer that takes longer than the interval is awaited, not asked for again.
        const timer = setInterval(() => document.hidden || waiting.current || setVersion(before => before + 1), every);
        return () => clearInterval(timer);
    }, [every]);
    const reload = useCallback(() => setVersion(before => before + 1), []);
    return {...state, reload};
}

/**
 * Runs an action of the user, such as a click on a button, once at a time.
 * @param {function(...*): Promise<*>} action
 * @returns {{run: function(...*): Promise<*>, running: boolean, error: Error|null, clear: function(): void}} run returns
 *     the result of the action, or undefined if it failed or is running already. clear forgets the error
 */
export function useAction(action) {
    const [state, setState] = useState({running: false, error: null});
    const latest = useRef(action);
    const busy = useRef(false);
    latest.current = action;
    const run = useCallback(async (...parameters) => {
        if (busy.current) {
            return undefined;
        }
        busy.current = true;
        setState({running: true, error: null});
        try {
            const result = await latest.current(...parameters);
            setState({running: false, error: null});
            return result;
        } catch (error) {
            setState({running: false, error});
            return undefined;
        } finally {
            busy.current = false;
        }
    }, []);
    const clear = () => busy.current || setState({running: false, error: null});
    return {...state, run, clear};
}

/** Runs the tasks, at most a few at a time, so that other requests of the page get a connection. */
export async function inTurn(items, task, atOnce = 4) {
    const results = new Array(items.length);
    let next = 0;
    const worker = async () => {
        while (next < items.length) {
            const index = next++;
            results[index] = await task(items[index], index);
        }
    };
    await Promise.all(Array.from({length: Math.min(atOnce, items.length)}, worker));
    return results;
}
