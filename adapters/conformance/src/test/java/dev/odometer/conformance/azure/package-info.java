/** A simulation of Azure's host: its documented transformations of requests, responses and messages. */
@NullMarked
package dev.odometer.conformance.azure;

import org.jspecify.annotations.NullMarked;
