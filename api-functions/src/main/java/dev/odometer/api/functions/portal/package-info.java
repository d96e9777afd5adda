/**
 * The portal: tokens for customers' browsers, and what these may ask. A token is a JSON Web Token for clients that look
 * inside; what it is good for is what was kept when it was made. Without a secret the portal is off, and says so.
 */
@NullMarked
package dev.odometer.api.functions.portal;

import org.jspecify.annotations.NullMarked;
