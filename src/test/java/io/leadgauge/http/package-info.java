/** Both ports, talked to over real sockets. */
@NullMarked
package io.leadgauge.http;

import org.jspecify.annotations.NullMarked;
