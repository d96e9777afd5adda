package dev.odometer.aws.lambda.batch;

import dev.odometer.door.Delivery;
import dev.odometer.door.ReportMode;
import tools.jackson.databind.JsonNode;

/** A source whose events are lists of records, each of which names the source. */
interface Source {

    /** Whether the record is one of its own. */
    boolean owns(JsonNode record);

    /** How it wants to be told what to deliver again. */
    ReportMode report();

    /**
     * The record as a delivery.
     *
     * @throws IllegalArgumentException when it could not be reported
     */
    Delivery<JsonNode> read(JsonNode record);
}
