/**
 * Events that are HTTP requests: from REST and HTTP APIs of API Gateway, function URLs and load balancers. Each source
 * has its own codec, which translates to the canonical request; the reply is in the format of the source.
 */
@NullMarked
package dev.odometer.aws.lambda.http;

import org.jspecify.annotations.NullMarked;
