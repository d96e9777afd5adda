/**
 * The code that all doors share. A platform's adapter passes a canonical request or batch; the table of routes or
 * bindings selects a function of the catalog; its result or refusal becomes a canonical reply or an outcome per item.
 * Adapters only translate, so behavior is the same on every platform. Of a request, only method and path select the
 * function. Doors do not throw exceptions for requests and items. Bodies and credentials are never logged. All public
 * types are thread-safe.
 */
@NullMarked
package dev.odometer.door;

import org.jspecify.annotations.NullMarked;
