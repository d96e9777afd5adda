/**
 * Google Cloud's door, for Cloud Run and Cloud Functions alike: one function that tells requests from pushed events,
 * translates, calls the door and translates back. It decides nothing else. Calls run side by side.
 */
@NullMarked
package dev.odometer.google.cloud;

import org.jspecify.annotations.NullMarked;
