package com.example.hello;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.Map;

/** A handler as in AWS's documentation: the runtime client parses the event and writes the response. */
public final class HelloHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        boolean isHello = event.getRawPath().equals("/hello");
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(isHello ? 200 : 404)
                .withHeaders(Map.of("Content-Type", "application/json"))
                .withBody(isHello ? "{\"message\":\"hello\"}" : "{}")
                .build();
    }
}
