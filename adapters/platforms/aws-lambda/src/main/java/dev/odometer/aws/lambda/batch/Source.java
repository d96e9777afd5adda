package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import tools.jackson.databind.JsonNode;

/** A source whose events are lists of records that name the source. */
interface Source {

    /** Whether the record is from this source. */
    boolean owns(JsonNode record);

    /** What it redelivers after a failure, and how this is reported to it. */
    ReportMode report();

    /**
     * The record as a delivery.
     *
     * @throws IllegalArgumentException when the record has no name that could be reported
     */
    Delivery<JsonNode> read(JsonNode record);
}
