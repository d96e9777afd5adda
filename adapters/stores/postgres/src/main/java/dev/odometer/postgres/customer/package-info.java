/**
 * Customers and subjects. One table holds the names of all customers (id, key, subject keys), and its primary key keeps
 * them unique. Changes of customers are serialized by a lock, since two concurrent changes that swap names would
 * deadlock. Subjects are written in the order of their keys for the same reason.
 */
@NullMarked
package dev.odometer.postgres.customer;

import org.jspecify.annotations.NullMarked;
