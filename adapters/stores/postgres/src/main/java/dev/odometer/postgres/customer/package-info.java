/**
 * Customers and subjects. One table holds the names of all customers (id, key, subject keys), and its primary key keeps
 * them apart. Writers of customers take turns by a lock, since two that swap names would deadlock. Subjects are written
 * in the order of their keys for the same reason.
 */
@NullMarked
package dev.odometer.postgres.customer;

import org.jspecify.annotations.NullMarked;
