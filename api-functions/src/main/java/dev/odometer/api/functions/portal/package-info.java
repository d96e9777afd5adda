/**
 * The portal: tokens for customers' browsers, and the queries they allow. A token is a JSON Web Token for clients that
 * read its claims, but its permissions are those stored at its creation. Without a secret, every portal function
 * refuses.
 */
@NullMarked
package dev.odometer.api.functions.portal;

import org.jspecify.annotations.NullMarked;
