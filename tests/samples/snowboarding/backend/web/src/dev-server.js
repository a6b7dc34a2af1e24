const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const page = fs.readFileSync(path.join(__dirname, '..', 'index.html'));

http.createServer((request, response) => {
  if (request.url === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: 'ok', service: 'frontend' }));
  } else {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(page);
  }
}).listen(5173, '0.0.0.0');
