/**
 * What the wire API shows of the domain: records that a door writes as JSON. Answers and notifications share them, so a
 * resource looks the same in both. Absent components are left out.
 */
@NullMarked
package dev.odometer.views;

import org.jspecify.annotations.NullMarked;
