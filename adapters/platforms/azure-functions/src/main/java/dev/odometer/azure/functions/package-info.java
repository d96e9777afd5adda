/**
 * The door for Azure Functions. One method per kind of trigger translates the input, calls the shared door and
 * translates the result back; it decides nothing else. Invocations run concurrently in one process.
 */
@NullMarked
package dev.odometer.azure.functions;

import org.jspecify.annotations.NullMarked;
