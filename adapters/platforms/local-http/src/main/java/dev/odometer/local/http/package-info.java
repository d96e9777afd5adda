/**
 * The service on one machine: Tomcat in front of the door, and a PostgreSQL of its own unless another is named. It
 * knows HTTP, processes and folders, and nothing about what the functions do. It starts only when that is safe: never
 * open to a network without keys, never twice on one data folder. It stops in order: requests in flight first, the
 * database last.
 */
@NullMarked
package dev.odometer.local.http;

import org.jspecify.annotations.NullMarked;
