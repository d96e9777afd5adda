/**
 * Events that are HTTP requests: REST and HTTP APIs of API Gateway, function URLs, load balancers. Each source
 * has a codec of its own; all lead to the same canonical request, and each event gets an answer in its source's form.
 */
@NullMarked
package dev.odometer.aws.lambda.http;

import org.jspecify.annotations.NullMarked;
