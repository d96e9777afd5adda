package dev.odometer.functions.route;

import java.util.List;

/** The media types that routes consume and produce, without parameters, since clients compare them literally. */
public final class MediaTypes {

    public static final String JSON = "application/json";
    public static final String CSV = "text/csv";
    public static final String HTML = "text/html";
    public static final String XML = "application/xml";
    public static final String PDF = "application/pdf";
    public static final String PROBLEM = "application/problem+json";
    public static final String CLOUD_EVENT = "application/cloudevents+json";
    /** One JSON document per line. It has no registered type; these three are in use. */
    public static final String NDJSON = "application/ndjson";

    public static final String X_NDJSON = "application/x-ndjson";
    public static final String JSONL = "application/jsonl";
    public static final String CLOUD_EVENTS = "application/cloudevents-batch+json";

    /** The types in which events can be sent. */
    static final List<String> EVENTS = List.of(CLOUD_EVENT, CLOUD_EVENTS, JSON, X_NDJSON, NDJSON, JSONL);

    private MediaTypes() {}
}
