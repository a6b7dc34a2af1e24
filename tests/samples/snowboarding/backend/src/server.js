const http = require('node:http');

http.createServer((request, response) => {
  const found = request.url === '/health';
  response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  response.end(JSON.stringify(found ? { status: 'ok', service: 'backend-api' } : { status: 'not found' }));
}).listen(3001, '0.0.0.0');
