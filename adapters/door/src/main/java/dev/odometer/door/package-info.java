/**
 * The shared edge. A platform's trigger comes in as a canonical request or batch, the table of routes or bindings names
 * a function of the catalog, and its answer or refusal goes out as a canonical reply or an outcome per item. Adapters
 * translate and decide nothing; what is decided here is the same everywhere. Nothing a client sends chooses a function
 * but method and path. No exception leaves a door. Bodies and credentials are never logged. Everything is thread-safe.
 */
@NullMarked
package dev.odometer.door;

import org.jspecify.annotations.NullMarked;
