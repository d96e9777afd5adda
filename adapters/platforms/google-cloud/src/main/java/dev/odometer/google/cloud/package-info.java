/**
 * The door for Google Cloud, both Cloud Run and Cloud Functions. One function translates requests and pushed events,
 * calls the shared door and translates the result back; it decides nothing else. Calls run concurrently.
 */
@NullMarked
package dev.odometer.google.cloud;

import org.jspecify.annotations.NullMarked;
