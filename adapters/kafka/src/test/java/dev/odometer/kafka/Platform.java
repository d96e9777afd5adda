package dev.odometer.kafka;

import javax.sql.DataSource;

/** A broker and a database to test with, wherever they run. */
record Platform(String servers, DataSource database, String url, String user, String password) {}
