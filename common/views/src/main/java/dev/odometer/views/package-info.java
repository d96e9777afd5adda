/**
 * Views of the domain in the API: records that a door writes as JSON. Responses and notifications share them, so a
 * resource looks the same in both. Absent components are omitted.
 */
@NullMarked
package dev.odometer.views;

import org.jspecify.annotations.NullMarked;
