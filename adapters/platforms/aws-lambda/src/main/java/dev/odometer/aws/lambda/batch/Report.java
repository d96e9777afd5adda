package dev.odometer.aws.lambda.batch;

/** What a source wants to be told about what it is to deliver again. */
enum Report {
    /** Each message. */
    EACH,
    /** The first message of each group: everything behind it is delivered again anyway. */
    FIRST,
    /** Nothing: it delivers all again when the invocation fails, and only then. */
    NONE
}
