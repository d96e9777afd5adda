// Values that a person types: the last one, after a pause.
import {useEffect, useState} from "./view.js";

/** The value as it was when it last stayed the same for a while, so that not each key press is a request. */
export function useSettled(value, millis = 300) {
    const [settled, setSettled] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => setSettled(value), millis);
        return () => clearTimeout(timer);
    }, [value, millis]);
    return settled;
}
