// The library for views: Preact with tagged templates. All texts in templates are escaped by Preact.
import {h, render, Fragment} from "../lib/preact.js";
import htm from "../lib/htm.js";

export const html = htm.bind(h);
export {render, Fragment};
export {useState, useEffect, useLayoutEffect, useMemo, useRef, useCallback, useErrorBoundary} from "../lib/hooks.js";
